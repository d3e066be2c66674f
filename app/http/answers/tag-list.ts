/** An entity tag as a header has it (RFC 9110, section 8.8.3). */
export interface EntityTag {
  readonly isWeak: boolean;
  /** The text between the quotes, which may have commas. */
  readonly opaque: string;
}

/** One element of a list up to its comma. Elements may be empty (section 5.6.1). `W/` is case-sensitive. */
const ELEMENT = /[ \t]*(?:(W\/)?"([!#-~\u0080-\u00ff]*)"[ \t]*)?(,|$)/y;

/**
 * Parses If-Match or If-None-Match (RFC 9110, sections 13.1.1 and 13.1.2).
 *
 * @returns undefined if the header is malformed, such as a list with `*` in it
 */
export function tagsIn(header: string): readonly EntityTag[] | '*' | undefined {
  if (header.trim() === '*') return '*';
  const tags: EntityTag[] = [];
  ELEMENT.lastIndex = 0;
  for (let isLast = false; !isLast; ) {
    const [, weak, opaque, end] = ELEMENT.exec(header) ?? [];
    if (end === undefined) return undefined;
    if (opaque !== undefined) tags.push({ isWeak: weak !== undefined, opaque });
    isLast = end === '';
  }
  return tags.length === 0 ? undefined : tags;
}

/** Whether If-None-Match has a tag, by the weak comparison (section 8.8.3.2). */
export function isListed(header: string | undefined, opaque: string): boolean {
  if (header === undefined) return false;
  const tags = tagsIn(header) ?? [];
  return tags === '*' || tags.some((tag) => tag.opaque === opaque);
}

/** An entity tag as a header has it (RFC 9110, section 8.8.3). */
export interface EntityTag {
  readonly isWeak: boolean;
  /** What stands between the quotes: commas, too. */
  readonly opaque: string;
}

/** One place of a list, which may be empty (section 5.6.1), up to its comma. `W/` has one spelling. */
const PLACE = /[ \t]*(?:(W\/)?"([!#-~\u0080-\u00ff]*)"[ \t]*)?(,|$)/y;

/**
 * What If-Match or If-None-Match lists (RFC 9110, sections 13.1.1 and 13.1.2).
 *
 * @returns undefined where the header is none of its kind, such as a list with `*` in it
 */
export function tagsIn(header: string): readonly EntityTag[] | '*' | undefined {
  if (header.trim() === '*') return '*';
  const tags: EntityTag[] = [];
  PLACE.lastIndex = 0;
  for (let isLast = false; !isLast; ) {
    const [, weak, opaque, end] = PLACE.exec(header) ?? [];
    if (end === undefined) return undefined;
    if (opaque !== undefined) tags.push({ isWeak: weak !== undefined, opaque });
    isLast = end === '';
  }
  return tags.length === 0 ? undefined : tags;
}

/** Whether two tags are the same where weak ones may be (section 8.8.3.2), as If-None-Match compares. */
export function isListed(header: string | undefined, opaque: string): boolean {
  if (header === undefined) return false;
  const tags = tagsIn(header) ?? [];
  return tags === '*' || tags.some((tag) => tag.opaque === opaque);
}

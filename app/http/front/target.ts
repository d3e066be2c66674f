/** What a request line asks for. */
export interface Target {
  /** Path and query. */
  readonly url: string;
  /** The host that the line itself names; undefined where the header Host does. */
  readonly authority: string | undefined;
}

/** A whole URL (RFC 9112, section 3.2.2), as proxies are sent it. */
const ABSOLUTE = /^https?:\/\/([^/?#]*)([^#]*)$/i;

/**
 * Reads the target of a request line.
 *
 * @returns undefined for one that is neither a path nor a whole URL
 */
export function targetOf(line: string): Target | undefined {
  if (line.startsWith('/')) return { url: line, authority: undefined };
  const [, authority, rest = ''] = ABSOLUTE.exec(line) ?? [];
  if (authority === undefined) return undefined;
  return { url: rest.startsWith('/') ? rest : `/${rest}`, authority };
}

/** The target of a request line. */
export interface Target {
  /** Path and query. */
  readonly url: string;
  /** The host in the target; undefined if only the header Host has it. */
  readonly authority: string | undefined;
}

/** A whole URL (RFC 9112, section 3.2.2), which clients send to proxies. */
const ABSOLUTE = /^https?:\/\/([^/?#]*)([^#]*)$/i;

/**
 * Reads the target of a request line.
 *
 * @returns undefined if it is neither a path nor a whole URL
 */
export function targetOf(line: string): Target | undefined {
  if (line.startsWith('/')) return { url: line, authority: undefined };
  const [, authority, rest = ''] = ABSOLUTE.exec(line) ?? [];
  if (authority === undefined) return undefined;
  return { url: rest.startsWith('/') ? rest : `/${rest}`, authority };
}

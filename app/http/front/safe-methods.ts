/**
 * Methods by which nothing changes here (RFC 9110, section 9.2.1). Links and pictures of other sites ask by GET, and may.
 * TRACE is left out: nothing here answers it.
 */
export const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

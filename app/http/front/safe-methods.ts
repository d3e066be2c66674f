/**
 * Methods that change nothing (RFC 9110, section 9.2.1). Links and images of other sites may use them.
 * TRACE is left out: nothing here answers it.
 */
export const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

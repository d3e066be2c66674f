/**
 * The path of the folder that the page was loaded from, without the slash at its end. It is empty if the service
 * has its own host, else its BASE_PATH. So one build of the page works under any path.
 */
export function basePath(): string {
  // Tests without a browser load this file, too, and their TypeScript does not know `document`.
  const { document } = globalThis as unknown as { readonly document: { readonly baseURI: string } };
  return new URL('.', document.baseURI).pathname.replace(/\/$/, '');
}

/** Where a path of the API is; a whole URL stays as it is. */
export function atBase(path: string): string {
  return path.startsWith('/') ? basePath() + path : path;
}

/** The path of the API that the service names so: in its answers the base path is before it. */
export function fromBase(path: string): string {
  const base = basePath();
  return path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

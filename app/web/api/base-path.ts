/**
 * The path of the folder that the page was loaded from, without the slash at its end: empty where the service has a
 * host of its own, else its BASE_PATH. So one build of the page works under any path.
 */
export function basePath(): string {
  // Tests of what goes without a browser read this file too, and their TypeScript knows of no document.
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

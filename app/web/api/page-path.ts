/**
 * The path of the folder that the page was loaded from, without the slash at its end. It is empty if the service
 * has its own host, else its BASE_PATH. So one build of the page works under any path.
 */
export function basePath(): string {
  // Tests without a browser load this file, too, and their TypeScript does not know `document`.
  const { document } = globalThis as unknown as { readonly document: { readonly baseURI: string } };
  return new URL('.', document.baseURI).pathname.replace(/\/$/, '');
}

/** Sends one request and reads the whole answer. @throws Error unless it is a 2xx */
export async function ask(url: string, request: RequestInit = {}): Promise<string> {
  const response = await fetch(url, request);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} was answered by ${response.status}: ${text}`);
  return text;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of it, it says.
  readonly body: any;
}

/** A request that has no answer after so long never gets one. */
const ANSWER_TIMEOUT_MS = 60_000;

/** A service on a port of loopback, and how a test asks it. */
export abstract class ServiceClient {
  abstract get port(): number;

  get(resource: string): Promise<Answer> {
    return this.#ask(resource, {});
  }

  /** Posts fields as a form. @throws TypeError where the connection fails */
  post(resource: string, fields: Readonly<Record<string, number | string>>): Promise<Answer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) body.set(name, String(value));
    return this.#ask(resource, { method: 'POST', body });
  }

  /** Posts a file as a browser's form does. */
  upload(resource: string, file: string): Promise<Answer> {
    const body = new FormData();
    body.set('file', new Blob([file], { type: 'text/csv' }), 'a file.csv');
    return this.#ask(resource, { method: 'POST', body });
  }

  count(productID: number, availableQuantity: number): Promise<Answer> {
    return this.post('/inventory', { productID, availableQuantity });
  }

  sell(productID: number, quantity: number): Promise<Answer> {
    return this.post('/sales', { productID, quantity });
  }

  async #ask(resource: string, request: RequestInit): Promise<Answer> {
    const url = `http://127.0.0.1:${this.port}${resource}`;
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const response = await fetch(url, { ...request, signal });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }
}

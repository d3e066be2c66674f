import { type Answer, ask } from './ask';

/** A service on a port of loopback, and how a test asks it. */
export abstract class ServiceClient {
  abstract get port(): number;

  get(resource: string): Promise<Answer> {
    return ask(this.port, resource);
  }

  /** Posts fields as a form. @throws TypeError where the connection fails */
  post(resource: string, fields: Readonly<Record<string, number | string>>): Promise<Answer> {
    return ask(this.port, resource, { method: 'POST', fields });
  }

  /** Posts a file as a browser's form does. */
  async upload(resource: string, file: string): Promise<Answer> {
    const body = new FormData();
    body.set('file', new Blob([file], { type: 'text/csv' }), 'a file.csv');
    const url = `http://127.0.0.1:${this.port}${resource}`;
    const answer = await fetch(url, { method: 'POST', body });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  }

  count(productID: number, availableQuantity: number): Promise<Answer> {
    return this.post('/inventory', { productID, availableQuantity });
  }

  sell(productID: number, quantity: number): Promise<Answer> {
    return this.post('/sales', { productID, quantity });
  }
}

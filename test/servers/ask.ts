import { Agent, type IncomingMessage, request } from 'node:http';

/** A request that has no answer after so long never gets one. */
const ANSWER_TIMEOUT_MS = 60_000;

const agent = new Agent({ keepAlive: true });

export interface Answer {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of it, it says.
  readonly body: any;
}

/** What to ask: a GET by default. */
export interface Asked {
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  /** Sent as a form. */
  readonly fields?: Readonly<Record<string, number | string>>;
  /** Sent as JSON. */
  readonly json?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Asks a service at a port of loopback. Clients by the dozen ask without pause in these tests, and `fetch` takes five
 * times the work for it.
 *
 * @throws TypeError where the connection fails, as `fetch` does
 */
export function ask(port: number, path: string, asked: Asked = {}): Promise<Answer> {
  const { method = 'GET', fields, json, headers } = asked;
  return new Promise((resolve, reject) => {
    const failed = (cause: Error) => reject(new TypeError('the connection failed', { cause }));
    const asking = request({ agent, host: '127.0.0.1', port, path, method, headers });
    asking.setTimeout(ANSWER_TIMEOUT_MS, () => {
      reject(new Error(`no answer within ${ANSWER_TIMEOUT_MS} ms`));
      asking.destroy();
    });
    asking.on('error', failed);
    asking.once('response', (response) => {
      response.on('error', failed);
      read(response).then(resolve, reject);
    });
    if (json !== undefined) {
      asking.setHeader('Content-Type', 'application/json');
      asking.end(JSON.stringify(json));
    } else if (fields === undefined) asking.end();
    else {
      asking.setHeader('Content-Type', 'application/x-www-form-urlencoded');
      asking.end(form(fields));
    }
  });
}

function form(fields: Readonly<Record<string, number | string>>): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) body.set(name, String(value));
  return body.toString();
}

function read(response: IncomingMessage): Promise<Answer> {
  response.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let text = '';
    response.on('data', (chunk) => {
      text += chunk;
    });
    response.once('end', () => {
      try {
        resolve({
          status: response.statusCode as number,
          headers: { get: (name) => (response.headers[name.toLowerCase()] as string) ?? null },
          body: text === '' ? undefined : JSON.parse(text),
        });
      } catch (error) {
        reject(error);
      }
    });
  });
}

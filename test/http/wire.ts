import { type OutgoingHttpHeaders, request } from 'node:http';
import type { Answer } from './problem-answer';

/** One field as a form carries it; a name may come twice. */
export type Field = readonly [name: string, value: string];

/** A body as it travels, and what its Content-Type says. */
export interface Body {
  readonly type: string;
  readonly text: string;
}

const BOUNDARY = 'boundary-of-the-tests';
export const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;
export const URLENCODED = 'application/x-www-form-urlencoded';
export const JSON_TYPE = 'application/json';

/** One part of a multipart form; `more` follows its name, as in `; filename="a"`. */
export function part([name, value]: Field, more = ''): string {
  const disposition = `Content-Disposition: form-data; name="${name}"${more}`;
  return `--${BOUNDARY}\r\n${disposition}\r\n\r\n${value}\r\n`;
}

/** A multipart form of these parts. */
export function multipart(...parts: readonly string[]): Body {
  return { type: MULTIPART, text: `${parts.join('')}--${BOUNDARY}--\r\n` };
}

/** A JSON text as a body. */
export function json(text: string): Body {
  return { type: JSON_TYPE, text };
}

/** The three encodings of a form. Written out here, since libraries cannot be made to send what is wrong. */
export const ENCODINGS: Readonly<Record<string, (fields: readonly Field[]) => Body>> = {
  multipart: (fields) => multipart(...fields.map((field) => part(field))),
  urlencoded: (fields) => ({
    type: URLENCODED,
    text: fields.map((field) => field.map(encodeURIComponent).join('=')).join('&'),
  }),
  JSON: (fields) =>
    json(`{${fields.map((field) => field.map((text) => JSON.stringify(text)).join(':'))}}`),
};

/** A request as it is to be sent, right or wrong. */
export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly text?: string;
  /** Never says that the body has ended. */
  readonly unfinished?: boolean;
}

/** Sends exactly this, without waiting for the end of the body, and returns the answer. */
export function send(port: number, sent: Sent): Promise<Answer> {
  const { method = 'POST', path = '/inventory', headers = {}, text, unfinished = false } = sent;
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
    // Once there is an answer, a connection that breaks with the unfinished body is no fault.
    asked.on('error', reject);
    asked.on('response', (response) => {
      const { statusCode: status = 0, headers } = response;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status, headers, text: Buffer.concat(chunks).toString() });
        if (unfinished) asked.destroy();
      });
    });
    if (text) asked.write(text);
    if (unfinished) asked.flushHeaders();
    else asked.end();
  });
}

/** Posts a body with its Content-Length. */
export function post(
  port: number,
  path: string,
  { type, text }: Body,
  headers: OutgoingHttpHeaders = {},
): Promise<Answer> {
  const announced = { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) };
  return send(port, { path, headers: { ...announced, ...headers }, text });
}

import type { Answer } from '../servers/service-client';
import type { ServiceProcess } from './service-process';

/** Posts a form under an Idempotency-Key. */
export function postKeyed(
  service: ServiceProcess,
  key: string,
  resource: '/inventory' | '/sales',
  fields: Readonly<Record<string, number>>,
): Promise<Answer> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) body.set(name, String(value));
  return ask(service, resource, { method: 'POST', body, headers: { 'Idempotency-Key': key } });
}

/** "Whatever was to be asked under this key: never do it." */
export function cancel(service: ServiceProcess, key: string): Promise<Answer> {
  return ask(service, `/requests/${key}`, { method: 'DELETE' });
}

/** Whether an answer is that of an earlier copy. */
export function isReplayed({ headers }: Answer): boolean {
  return headers.get('Idempotent-Replayed') === 'true';
}

async function ask(service: ServiceProcess, resource: string, asked: RequestInit): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${service.port}${resource}`, asked);
  const { status, headers } = response;
  const text = await response.text();
  return { status, headers, body: text === '' ? undefined : JSON.parse(text) };
}

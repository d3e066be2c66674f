import { type Answer, ask } from '../servers/ask';
import type { ServiceProcess } from './service-process';

/** Posts a form under an Idempotency-Key. */
export function postKeyed(
  service: ServiceProcess,
  key: string,
  resource: '/inventory' | '/sales',
  fields: Readonly<Record<string, number>>,
): Promise<Answer> {
  return ask(service.port, resource, {
    method: 'POST',
    fields,
    headers: { 'Idempotency-Key': key },
  });
}

/** "Whatever was to be asked under this key: never do it." */
export function cancel(service: ServiceProcess, key: string): Promise<Answer> {
  return ask(service.port, `/requests/${key}`, { method: 'DELETE' });
}

/** Whether an answer is that of an earlier copy. */
export function isReplayed({ headers }: Answer): boolean {
  return headers.get('Idempotent-Replayed') === 'true';
}

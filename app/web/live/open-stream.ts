import type { Open } from '../../client/record-stream';
import { refusal, Unreachable } from '../api/ask';

/** Opens the stream of records for as long as it lasts. @throws Refused, Unreachable */
export const openStream: Open = async (path, init) => {
  const response = await fetch(path, init).catch((cause) => {
    throw new Unreachable('The service does not answer.', { cause });
  });
  const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
  if (!response.ok || !isStream) throw refusal(response, await response.json().catch(() => {}));
  return response;
};

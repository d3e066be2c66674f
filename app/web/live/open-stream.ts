import type { Open } from '../../client/record-stream';
import { parsed, refusal, Unreachable } from '../api/ask';
import { atBase } from '../api/base-path';

/** Opens the stream of records for as long as it lasts. @throws Refused, Unreachable */
export const openStream: Open = async (path, init) => {
  const response = await fetch(atBase(path), init).catch((cause) => {
    throw new Unreachable('The service does not answer.', { cause });
  });
  const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
  if (!response.ok || !isStream)
    throw refusal(response, parsed(await response.text().catch(() => '')));
  return response;
};

import { createParser } from 'eventsource-parser';
import type { RecordAnswer } from '../wire/records';

/** The service sends at least a heartbeat every 15 s. After 20 s of silence the connection counts as lost. */
const SILENCE_MS = 20_000;

/** What arrived together. */
export interface News {
  readonly records: readonly RecordAnswer[];
  /** The catalogue's last revision, if the service sent it. */
  readonly revision: number | undefined;
  /** The last event of all alerts, if the service sent it. */
  readonly alertEvent: number | undefined;
}

/** What a stream sends besides records and revisions. */
interface FollowedStream {
  readonly alerts?: boolean;
  /** Whether each record comes with its mark. */
  readonly marks?: boolean;
}

/** Asks the service for a path. @returns the head of a successful answer @throws if there is none */
export type Open = (path: string, init: RequestInit) => Promise<Response>;

/** The stream ended in the middle, or the service has fallen silent. */
export class StreamBroken extends Error {
  override readonly name = 'StreamBroken';
}

/**
 * The records after one, as they are appended: server-sent events of `GET /records`
 * (https://html.spec.whatwg.org/#server-sent-events). It ends when the service ends it.
 *
 * @throws StreamBroken, and what `open` throws
 */
export async function* recordStream(
  open: Open,
  after: number,
  signal: AbortSignal,
  { alerts = false, marks = false }: FollowedStream = {},
): AsyncGenerator<News> {
  const hangUp = new AbortController();
  const stop = () => hangUp.abort();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  let records: RecordAnswer[] = [];
  let revision: number | undefined;
  let alertEvent: number | undefined;
  const also = `${alerts ? '&alerts=true' : ''}${marks ? '&marks=true' : ''}`;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'record') records.push(JSON.parse(data));
      if (event === 'revision') revision = JSON.parse(data).revision;
      if (event === 'alert') alertEvent = JSON.parse(data).event;
    },
  });
  try {
    const response = await spoken(hangUp, () =>
      open(`/records?after=${after}&revisions=true${also}`, {
        headers: { Accept: 'text/event-stream' },
        signal: hangUp.signal,
      }),
    );
    if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
      await response.body?.cancel();
      throw new StreamBroken('The answer is not a stream of records.');
    }
    if (!response.body) throw new StreamBroken('The stream of records has no body.');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    // Node forgets the signal of a fetch whose answer has begun: https://github.com/nodejs/node/issues/55428.
    hangUp.signal.addEventListener('abort', () => reader.cancel().catch(() => {}));
    for (;;) {
      const { done, value } = await spoken(hangUp, () => reader.read()).catch((cause) => {
        throw new StreamBroken('The stream of records broke off.', { cause });
      });
      if (hangUp.signal.aborted) throw new StreamBroken('The stream of records was hung up.');
      if (done) return;
      parser.feed(value);
      yield { records, revision, alertEvent };
      records = [];
      revision = undefined;
      alertEvent = undefined;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    hangUp.abort();
  }
}

/** Waits for the service to send something, for SILENCE_MS at most. */
async function spoken<T>(hangUp: AbortController, work: () => Promise<T>): Promise<T> {
  const silence = setTimeout(() => hangUp.abort(), SILENCE_MS);
  try {
    return await work();
  } finally {
    clearTimeout(silence);
  }
}

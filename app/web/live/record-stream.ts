import { createParser } from 'eventsource-parser';
import type { LedgerRecord } from '../../client/answers';
import { reach, refusal, Unreachable } from '../api/ask';

/** The service says something every 15 s, if only that it is alive: who is silent for longer is gone. */
const SILENCE_MS = 20_000;

/** What came together. */
export interface News {
  readonly records: readonly LedgerRecord[];
  /** The catalogue's last revision, where the service told it. */
  readonly revision: number | undefined;
}

/**
 * The records after one, as they are appended: server-sent events of `GET /records`. It ends when the
 * service ends it.
 *
 * @throws Refused, Unreachable, also where the service has fallen silent
 */
export async function* recordStream(after: number, signal: AbortSignal): AsyncGenerator<News> {
  const hangUp = new AbortController();
  let silence = setTimeout(() => hangUp.abort(), SILENCE_MS);
  const response = await fetch(`/records?after=${after}&revisions=true`, {
    headers: { Accept: 'text/event-stream' },
    signal: AbortSignal.any([signal, hangUp.signal]),
  })
    .catch((cause) => {
      throw new Unreachable('The service does not answer.', { cause });
    })
    .finally(() => clearTimeout(silence));
  const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
  if (!response.ok || !isStream || !response.body)
    throw refusal(response, await response.json().catch(() => {}));
  let records: LedgerRecord[] = [];
  let revision: number | undefined;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'record') records.push(JSON.parse(data));
      if (event === 'revision') revision = JSON.parse(data).revision;
    },
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      silence = setTimeout(() => hangUp.abort(), SILENCE_MS);
      const { done, value } = await reader.read().catch((cause) => {
        throw new Unreachable('The stream of records broke off.', { cause });
      });
      clearTimeout(silence);
      if (done) return;
      parser.feed(value);
      yield { records, revision };
      records = [];
      revision = undefined;
    }
  } finally {
    hangUp.abort();
  }
}

/** Whether the service can be reached and has its ledger. */
export async function isReady(): Promise<boolean> {
  return reach('/readyz').then(
    ({ ok }) => ok,
    () => false,
  );
}

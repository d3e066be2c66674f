import { EventEmitter, once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** A stream of server-sent events that is being read, over a connection of its own. */
export interface EventStream {
  readonly response: IncomingMessage;
  /** What has come so far. */
  readonly events: readonly EventSourceMessage[];
  /** Waits until this many have come, and returns all that have. */
  atLeast(count: number): Promise<readonly EventSourceMessage[]>;
  /** Waits for the end; whether it was a proper one, and not a connection that broke. */
  ended(): Promise<boolean>;
  /** Hangs up. */
  close(): void;
}

/** Asks for a path with `Accept: text/event-stream`, and resolves once the head of the answer is there. */
export function openStream(
  port: number,
  path: string,
  headers: OutgoingHttpHeaders = {},
): Promise<EventStream> {
  return new Promise((resolve, reject) => {
    const accept = { Accept: 'text/event-stream', ...headers };
    const asked = request({ host: '127.0.0.1', port, path, headers: accept, agent: false });
    asked.on('error', reject);
    asked.on('response', (response) => resolve(read(response)));
    asked.end();
  });
}

function read(response: IncomingMessage): EventStream {
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  const news = new EventEmitter();
  let isOver = false;
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    parser.feed(text);
    news.emit('heard');
  });
  // A connection that breaks is no error of the test: `ended` tells it from a proper end.
  response.on('error', () => {});
  response.on('close', () => {
    isOver = true;
    news.emit('heard');
  });
  return {
    response,
    events,
    atLeast: async (count) => {
      while (events.length < count) {
        if (isOver) throw new Error(`the stream ended after ${events.length} events`);
        await once(news, 'heard');
      }
      return events;
    },
    ended: async () => {
      while (!isOver) await once(news, 'heard');
      return response.complete;
    },
    close: () => response.destroy(),
  };
}

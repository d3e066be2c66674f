import type { Response } from 'express';

/** The media type of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export const EVENT_STREAM = 'text/event-stream';

/** A comment: clients ignore it, and it shows that the connection is alive. */
export const HEARTBEAT = ':\n\n';

/** One event. Its data is one JSON object. */
export function eventText(name: string, data: object, id?: number): string {
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  return `${idLine}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Sends the headers, before there is any event. */
export function openEventStream(res: Response): void {
  res.set({
    'Content-Type': EVENT_STREAM,
    'Cache-Control': 'no-cache',
    // nginx buffers answers by default.
    'X-Accel-Buffering': 'no',
  });
  res.flushHeaders();
}

/**
 * Writes as fast as the client reads. If the client does not read when the service stops, its connection is closed.
 *
 * @returns when there is room for more, or the connection is closed
 */
export function writeEvents(res: Response, stopping: AbortSignal, text: string): Promise<void> {
  if (res.write(text)) return Promise.resolve();
  return new Promise((resolve) => {
    const hangUp = () => res.destroy();
    const done = () => {
      res.off('drain', done).off('close', done);
      stopping.removeEventListener('abort', hangUp);
      resolve();
    };
    res.on('drain', done).on('close', done);
    stopping.addEventListener('abort', hangUp);
    if (stopping.aborted) hangUp();
  });
}

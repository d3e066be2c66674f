import { createServer, type Server } from 'node:http';
import type { Clock } from './clock';

/** No answer of the service for so long is no pause between two tries any more: several looks, and a restart of it. */
const SILENT_MS = 60_000;

/** Whether a monitor does its work: it has had an answer of the service that it watches, not long ago. */
export class MonitorHealth {
  readonly #clock: Clock;
  #answeredAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#answeredAt = clock.now().getTime();
  }

  /** The service that is to be watched has answered. */
  answered(): void {
    this.#answeredAt = this.#clock.now().getTime();
  }

  /** Since when it is well or not, in a form for `GET /healthz`. */
  get state(): { status: 'watching' | 'out-of-reach'; lastAnswerAt: string } {
    const isSilent = this.#clock.now().getTime() - this.#answeredAt > SILENT_MS;
    const lastAnswerAt = new Date(this.#answeredAt).toISOString();
    return { status: isSilent ? 'out-of-reach' : 'watching', lastAnswerAt };
  }
}

/** Answers `/healthz`: 200 while the monitor does its work, 503 where it does not. For this machine alone. */
export function healthServer(health: MonitorHealth): Server {
  return createServer((req, res) => {
    if (req.url !== '/healthz') {
      res.writeHead(404).end();
      return;
    }
    const { state } = health;
    const status = state.status === 'watching' ? 200 : 503;
    res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(state));
  });
}

import { createServer, type Server } from 'node:http';
import type { Clock } from './clock';

/** For so long the service may do nothing that it is asked for: it covers several looks, and a restart of the service. */
const SILENT_MS = 60_000;

/** Whether a monitor does its work: the service that it watches did something that it asked for, not long ago. */
export class MonitorHealth {
  readonly #clock: Clock;
  #succeededAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#succeededAt = clock.now().getTime();
  }

  /** The service has done what the monitor asked for. An answer that it cannot, or will not, does not count. */
  succeeded(): void {
    this.#succeededAt = this.#clock.now().getTime();
  }

  /** Since when it is well or not, in a form for `GET /healthz`. */
  get state(): { status: 'watching' | 'out-of-reach'; lastSuccessAt: string } {
    const isSilent = this.#clock.now().getTime() - this.#succeededAt > SILENT_MS;
    const lastSuccessAt = new Date(this.#succeededAt).toISOString();
    return { status: isSilent ? 'out-of-reach' : 'watching', lastSuccessAt };
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

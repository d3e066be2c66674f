import { createServer, type Server } from 'node:http';
import type { Clock } from './clock';

/** For so long the service may do nothing that it is asked for: it covers several looks, and a restart of the service. */
const SILENT_MS = 60_000;

/**
 * For so long a target may take nothing: a mail server that is restarted, or that puts off strangers (greylisting), is
 * reached again by the seventh try, after about five minutes.
 */
const FAILING_MS = 600_000;

/** Targets that an answer names; where there are more, the cause is most likely the same. */
const NAMED_MAX = 10;

/** A mail address or the label of a webhook that nothing has reached since a moment. */
interface Failing {
  readonly target: string;
  readonly since: string;
  /** What came of the last try. */
  readonly reason: string;
}

/** What `GET /healthz` answers. */
export interface HealthState {
  readonly status: 'watching' | 'out-of-reach' | 'cannot-deliver';
  readonly lastSuccessAt: string;
  /** Those that were reached by no try for FAILING_MS, the longest first. */
  readonly failing?: readonly Failing[];
}

/**
 * Whether a monitor does its work: the service that it watches did something that it asked for, not long ago, and
 * those whom it is to tell can be told.
 */
export class MonitorHealth {
  readonly #clock: Clock;
  readonly #failing = new Map<string, Failing>();
  #succeededAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#succeededAt = clock.now().getTime();
  }

  /** The service has done what the monitor asked for. An answer that it cannot, or will not, does not count. */
  succeeded(): void {
    this.#succeededAt = this.#clock.now().getTime();
  }

  /**
   * A message was sent to a target, or could not be.
   *
   * @param reason why it could not be; undefined where it was sent
   */
  tried(target: string, reason: string | undefined): void {
    if (reason === undefined) {
      this.#failing.delete(target);
      return;
    }
    const since = this.#failing.get(target)?.since ?? this.#clock.now().toISOString();
    this.#failing.set(target, { target, since, reason });
  }

  /** Whether it is well, and why not, in a form for `GET /healthz`. */
  get state(): HealthState {
    const now = this.#clock.now().getTime();
    const lastSuccessAt = new Date(this.#succeededAt).toISOString();
    if (now - this.#succeededAt > SILENT_MS) return { status: 'out-of-reach', lastSuccessAt };
    // In the order in which they began to fail.
    const failing = [...this.#failing.values()].filter(
      ({ since }) => now - Date.parse(since) > FAILING_MS,
    );
    return failing.length > 0
      ? { status: 'cannot-deliver', lastSuccessAt, failing: failing.slice(0, NAMED_MAX) }
      : { status: 'watching', lastSuccessAt };
  }
}

/**
 * What a request may call the monitor by: `localhost`, or an address. A page on another site can have its own name resolve to
 * this machine (DNS rebinding), and would read here whom the shop tells; no page has an address as its name.
 */
const OWN_HOST = /^(localhost|[0-9]+(\.[0-9]+){3}|\[[0-9a-f:.]+\])(:[0-9]+)?$/i;

const ALLOW = ['GET', 'HEAD'];

/** Answers `/healthz`: 200 while the monitor does its work, 503 where it does not. For this machine alone. */
export function healthServer(health: MonitorHealth): Server {
  return createServer((req, res) => {
    const { url, method = '', headers } = req;
    if (headers.host !== undefined && !OWN_HOST.test(headers.host)) {
      res.writeHead(421).end();
      return;
    }
    if (url !== '/healthz') {
      res.writeHead(404).end();
      return;
    }
    if (!ALLOW.includes(method)) {
      res.writeHead(405, { Allow: ALLOW.join(', ') }).end();
      return;
    }
    const { state } = health;
    const status = state.status === 'watching' ? 200 : 503;
    res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(state));
  });
}

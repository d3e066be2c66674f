import { createServer, type Server } from 'node:http';
import type { Clock } from './clock';

/** How long the service may do nothing that it is asked for. This covers several looks, and a restart of the service. */
const SILENT_MS = 60_000;

/**
 * How long a target may be out of reach. A mail server that is restarted, or that defers unknown senders (greylisting), is
 * reached again by the seventh try, after about five minutes.
 */
const FAILING_MS = 600_000;

/** Targets that an answer names. If there are more, the cause is most likely the same. */
const NAMED_MAX = 10;

/** A mail address or the label of a webhook that no message has reached since a time. */
interface Failing {
  readonly target: string;
  readonly since: string;
  /** Why the last try failed. */
  readonly reason: string;
}

/** What `GET /healthz` answers. */
export interface HealthState {
  readonly status: 'watching' | 'out-of-reach' | 'cannot-deliver';
  readonly lastSuccessAt: string;
  /** The targets that no try has reached for FAILING_MS, the longest first. */
  readonly failing?: readonly Failing[];
}

/**
 * Whether a monitor does its work: the watched service recently did something that the monitor asked for, and the
 * recipients can be reached.
 */
export class MonitorHealth {
  readonly #clock: Clock;
  readonly #failing = new Map<string, Failing>();
  #succeededAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#succeededAt = clock.now().getTime();
  }

  /** The service has done what the monitor asked for. A refusal or failure does not count. */
  succeeded(): void {
    this.#succeededAt = this.#clock.now().getTime();
  }

  /**
   * A message was sent to a target, or could not be.
   *
   * @param reason why it could not be; undefined if it was sent
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
 * The hosts by which a request may name the monitor: `localhost`, or an address. Another site can make its own name
 * resolve to this machine (DNS rebinding), and its page could then read the shop's recipients. No such page has an address
 * as its host.
 */
const OWN_HOST = /^(localhost|[0-9]+(\.[0-9]+){3}|\[[0-9a-f:.]+\])(:[0-9]+)?$/i;

const ALLOW = ['GET', 'HEAD'];

/** Answers `/healthz`: 200 while the monitor does its work, 503 if it does not. For this machine only. */
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

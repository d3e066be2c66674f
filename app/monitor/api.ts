import { ALERT_KINDS } from '../ledger/alert';
import type { Alert, AlertWithLife } from '../wire/alerts';
import type { CheckpointAnswer } from '../wire/checkpoint';
import type { Claim, ClaimedAnswer, Delivery, DeliveryOutcome } from '../wire/deliveries';
import type { Finding, FindingOutcome, FindingsAnswer } from '../wire/findings';
import { INSTANCE_HEADER, MONITOR_PASS_HEADER } from '../wire/headers';
import { monitorPass } from '../wire/monitor-pass';
import type { Overview } from '../wire/overview';
import type { RecordAnswer } from '../wire/records';
import type { Clock } from './clock';

/** The service does not answer, or cannot at present. The same request may be sent again. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** The service has refused a request, and would refuse it again. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** A request without an answer is given up after this time. The service itself answers sooner. */
const TIMEOUT_MS = 30_000;

/** Pauses between two tries, growing. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 5_000] as const;

const PAGE = 1_000;

/** The answer comes from another service than the one to watch, or from one that does not say which it is. */
class OtherInstance extends Unreachable {}

/** The HTTP API of the service, as the monitor needs it. Everything throws Unreachable or Refused. */
export class Api {
  readonly #instanceID: string | undefined;
  readonly #linkSecret: string | undefined;
  /** Called each time the watched service has done what it was asked for. */
  onSuccess: () => void = () => {};
  /** Whether the last answer came from the watched service. */
  #isMet = false;

  /** @param instanceID the INSTANCE_ID that the service must answer with; undefined to accept any service
   * @param linkSecret proves to the service that this is its monitor, for which it reserves a place */
  constructor(
    readonly baseUrl: string,
    instanceID?: string,
    linkSecret?: string,
  ) {
    this.#instanceID = instanceID;
    this.#linkSecret = linkSecret;
  }

  overview(): Promise<Overview> {
    return this.#ask('/overview');
  }

  /** A page of the records after one, in order. */
  recordsAfter(record: number): Promise<RecordAnswer[]> {
    return this.#ask(`/records?after=${record}&limit=${PAGE}`);
  }

  /**
   * Every alert that is not resolved, the quietest kind first. An alert that grows louder meanwhile is not missed, but may
   * appear twice: as it was, and as it is.
   */
  async unresolved(): Promise<Alert[]> {
    const alerts: Alert[] = [];
    for (const kind of ALERT_KINDS) {
      let path: string | undefined = `/alerts?kind=${kind}&limit=${PAGE}`;
      while (path) {
        const response: Response = await this.#reach(path);
        alerts.push(...((await json(response)) as Alert[]));
        path = this.#own(response.headers.get('Link')?.match(/<([^>]+)>;\s*rel="next"/)?.[1]);
      }
    }
    return alerts;
  }

  /** A path without the base path. The service's links include it, but `baseUrl` has it already. */
  #own(path: string | undefined): string | undefined {
    const { pathname } = new URL(this.baseUrl);
    return pathname !== '/' && path?.startsWith(`${pathname}/`)
      ? path.slice(pathname.length)
      : path;
  }

  alert(alertID: number): Promise<AlertWithLife> {
    return this.#ask(`/alerts/${alertID}`);
  }

  async report(findings: readonly Finding[]): Promise<FindingOutcome[]> {
    const { outcomes } = await this.#post<FindingsAnswer>('/alerts/findings', {
      findings,
    });
    return outcomes;
  }

  /** A page of the unfinished deliveries of events after one, by event. */
  unfinished(afterEvent: number): Promise<Delivery[]> {
    return this.#ask(`/alerts/deliveries?after=${afterEvent}&limit=${PAGE}`);
  }

  /** @returns the deliveries of this claim */
  async claim(claim: Claim): Promise<Delivery[]> {
    return (await this.#post<ClaimedAnswer>('/alerts/deliveries/claims', claim)).claimed;
  }

  async settle(outcome: DeliveryOutcome): Promise<void> {
    await this.#post('/alerts/deliveries/outcomes', outcome);
  }

  async checkpoint(): Promise<number | null> {
    return (await this.#ask<CheckpointAnswer>('/alerts/checkpoint')).record;
  }

  async saveCheckpoint(record: number): Promise<void> {
    await this.#post('/alerts/checkpoint', { record });
  }

  #post<T>(path: string, body: object): Promise<T> {
    return this.#ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async #ask<T>(path: string, init: RequestInit = {}): Promise<T> {
    return (await json(await this.#reach(path, init))) as T;
  }

  #reach(path: string, init: RequestInit = {}): Promise<Response> {
    return this.open(path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  }

  /** Sends a request, until the signal of `init`. @returns the head of a successful answer */
  async open(path: string, init: RequestInit): Promise<Response> {
    // A change is not sent to a service that has not said which it is since the last failure.
    const isChange = (init.method ?? 'GET') !== 'GET';
    if (isChange && !this.#isMet) {
      const met = await this.#fetch('/healthz', { signal: init.signal ?? null });
      // The connection stays in use until the answer is read.
      await met.body?.cancel();
    }
    const response = await this.#fetch(path, init);
    if (response.ok) {
      this.onSuccess();
      return response;
    }
    const problem = (await response.json().catch(() => undefined)) as
      | { title?: string; detail?: string }
      | undefined;
    const said = `${init.method ?? 'GET'} ${path}: ${response.status} ${problem?.title ?? ''} ${problem?.detail ?? ''}`;
    const mayPass = response.status >= 500 || response.status === 429;
    throw mayPass ? new Unreachable(said) : new Refused(said);
  }

  /** Sends a request to the watched service only. @returns the head of its answer, which may be a problem */
  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const instanceID = this.#instanceID;
    const headers = new Headers(init.headers);
    // Another deployment of this program refuses requests that are not for it.
    if (instanceID !== undefined) headers.set(INSTANCE_HEADER, instanceID);
    if (this.#linkSecret !== undefined) {
      headers.set(MONITOR_PASS_HEADER, monitorPass(this.#linkSecret, new Date()));
    }
    const asked = { ...init, headers, redirect: 'error' } as const;
    const response = await fetch(this.baseUrl + path, asked).catch((cause) => {
      this.#isMet = false;
      throw new Unreachable(`the service at ${this.baseUrl} does not answer`, { cause });
    });
    this.#isMet = instanceID === undefined || response.headers.get(INSTANCE_HEADER) === instanceID;
    if (this.#isMet) return response;
    await response.body?.cancel();
    // A proxy before the service answers so while the service is away.
    if (response.status >= 500) {
      throw new Unreachable(`the service at ${this.baseUrl} does not answer: ${response.status}`);
    }
    throw new OtherInstance(
      `the service at ${this.baseUrl} is not the one that this monitor watches (it has another INSTANCE_ID, or none): waiting for that one`,
    );
  }
}

/** Repeats work that needs the service until it succeeds or the signal comes. @throws Refused, or the signal's reason */
export async function untilAnswered<T>(
  work: () => Promise<T>,
  clock: Clock,
  signal: AbortSignal,
): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
    }
    await clock.wait(PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] as number, signal);
  }
}

function json(response: Response): Promise<unknown> {
  return response.json().catch((cause) => {
    throw new Unreachable('the answer broke off', { cause });
  });
}

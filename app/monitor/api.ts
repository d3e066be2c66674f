import { backoffMs } from '../client/backoff';
import { ForeignAnswer, Refused, Unreachable } from '../client/failure';
import { type Answer, ServiceClient, type ServiceRequest } from '../client/service-client';
import { ALERT_KINDS } from '../ledger/alert';
import type { Alert, AlertWithLife } from '../wire/alerts';
import type { CheckpointAnswer } from '../wire/checkpoint';
import type { Claim, ClaimedAnswer, Delivery, DeliveryOutcome } from '../wire/deliveries';
import type { TransferAnswer } from '../wire/documents';
import type { Finding, FindingOutcome, FindingsAnswer } from '../wire/findings';
import { INSTANCE_HEADER, MONITOR_PASS_HEADER } from '../wire/headers';
import type { LocationAnswer } from '../wire/locations';
import { monitorPass } from '../wire/monitor-pass';
import type { Overview } from '../wire/overview';
import { PAGE_MAX } from '../wire/pages';
import type { RecordAnswer } from '../wire/records';
import type { Clock } from './clock';

/** Something in front of the service, such as a proxy, has refused a request, and would refuse it again. */
class RefusedInFront extends Error {
  override readonly name = 'RefusedInFront';
}

/** A request without an answer is given up after this time. The service itself answers sooner. */
const TIMEOUT_MS = 30_000;

/** Between two tries. Nobody waits for the monitor, so they may grow longer than the page's. */
const PAUSES = { firstMs: 250, longestMs: 5_000 };

/** The answer comes from another service than the one to watch, or from one that does not say which it is. */
class OtherInstance extends Unreachable {}

/** The HTTP API of the service, as the monitor needs it. Everything throws Unreachable, Refused or RefusedInFront. */
export class Api {
  readonly #client: ServiceClient;
  readonly #instanceID: string | undefined;
  readonly #linkSecret: string | undefined;
  readonly #monitorKey: string | undefined;
  /** Called each time the watched service has done what it was asked for. */
  onSuccess: () => void = () => {};
  /** Whether the last answer came from the watched service. */
  #isMet = false;

  /** @param instanceID the INSTANCE_ID that the service must answer with; undefined to accept any service
   * @param linkSecret proves to the service that this is its monitor, for which it reserves a place
   * @param monitorKey lets the monitor in where the service asks everybody who they are */
  constructor(
    readonly baseUrl: string,
    instanceID?: string,
    linkSecret?: string,
    monitorKey?: string,
  ) {
    this.#client = new ServiceClient({
      base: () => baseUrl,
      timeoutMs: TIMEOUT_MS,
      send: (url, init) => this.#send(url, init),
    });
    this.#instanceID = instanceID;
    this.#linkSecret = linkSecret;
    this.#monitorKey = monitorKey;
  }

  overview(): Promise<Overview> {
    return this.#ask('/overview');
  }

  locations(): Promise<LocationAnswer[]> {
    return this.#ask('/locations');
  }

  /** Every transfer that is on its way. */
  async openTransfers(): Promise<TransferAnswer[]> {
    const transfers: TransferAnswer[] = [];
    for (let path: string | undefined = `/transfers?limit=${PAGE_MAX}`; path; ) {
      const { body, next }: Answer<TransferAnswer[]> = await this.#answer(path);
      transfers.push(...body);
      path = next;
    }
    return transfers;
  }

  /** A page of the records after one, in order. */
  recordsAfter(record: number): Promise<RecordAnswer[]> {
    return this.#ask(`/records?after=${record}&limit=${PAGE_MAX}`);
  }

  /**
   * Every alert that is not resolved, the quietest kind first. An alert that grows louder meanwhile is not missed, but may
   * appear twice: as it was, and as it is.
   */
  async unresolved(): Promise<Alert[]> {
    const alerts: Alert[] = [];
    for (const kind of ALERT_KINDS) {
      let path: string | undefined = `/alerts?kind=${kind}&limit=${PAGE_MAX}`;
      while (path) {
        const { body, next }: Answer<Alert[]> = await this.#answer(path);
        alerts.push(...body);
        path = next;
      }
    }
    return alerts;
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
    return this.#ask(`/alerts/deliveries?after=${afterEvent}&limit=${PAGE_MAX}`);
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

  /** Sends a request, until its signal. @returns the head of a successful answer */
  open(path: string, request: ServiceRequest): Promise<Response> {
    return this.#client.open(path, request).catch(fail);
  }

  #post<T>(path: string, json: object): Promise<T> {
    return this.#ask(path, { method: 'POST', json });
  }

  async #ask<T>(path: string, request?: ServiceRequest): Promise<T> {
    return (await this.#answer<T>(path, request)).body;
  }

  #answer<T>(path: string, request?: ServiceRequest): Promise<Answer<T>> {
    return this.#client.ask<T>(path, request).catch(fail);
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    // A change is not sent to a service that has not said which it is since the last failure.
    const isChange = (init.method ?? 'GET') !== 'GET';
    if (isChange && !this.#isMet) {
      const met = await this.#fetch(`${this.baseUrl}/healthz`, { signal: init.signal ?? null });
      // The connection stays in use until the answer is read.
      await met.body?.cancel();
    }
    const response = await this.#fetch(url, init);
    if (response.ok) this.onSuccess();
    return response;
  }

  /** Sends a request to the watched service only. @returns the head of its answer, which may be a problem */
  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const instanceID = this.#instanceID;
    const headers = new Headers(init.headers);
    // Another deployment of this program refuses requests that are not for it.
    if (instanceID !== undefined) headers.set(INSTANCE_HEADER, instanceID);
    if (this.#linkSecret !== undefined) {
      headers.set(MONITOR_PASS_HEADER, monitorPass(this.#linkSecret, new Date()));
    }
    if (this.#monitorKey !== undefined) headers.set('Authorization', `Bearer ${this.#monitorKey}`);
    const asked = { ...init, headers, redirect: 'error' } as const;
    const response = await fetch(url, asked).catch((cause) => {
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
    await clock.wait(backoffMs(failures, PAUSES), signal);
  }
}

/** @throws Unreachable instead of an answer that may be another one soon; RefusedInFront instead of one that stays */
function fail(error: unknown): never {
  const isRefused = error instanceof Refused;
  if (!isRefused && !(error instanceof ForeignAnswer)) throw error;
  const status = isRefused ? error.problem.status : error.status;
  if (status >= 500 || status === 429) throw new Unreachable(error.message);
  if (!isRefused && status >= 400) throw new RefusedInFront(error.message);
  throw error;
}

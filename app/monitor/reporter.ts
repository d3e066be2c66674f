import type { Logger } from 'pino';
import type { Shop } from '../client/shop';
import type { Shortage } from '../ledger/alert';
import { type AlertEventAnswer, keyOf, type SubjectAnswer } from '../wire/alerts';
import type { Finding } from '../wire/findings';
import type { RecordAnswer } from '../wire/records';
import { type Api, untilAnswered } from './api';
import type { Clock } from './clock';
import { type OpenTransfers, overdueFindings } from './overdue';
import { deliveriesOf } from './recipients';
import { assess, type KnownAlert, thresholdOf, toReport } from './rules';
import type { MonitorSettings } from './settings';
import { type Watched, watchedAfter, watchedOf } from './watched';

/** Findings in one request: half of what the service accepts. */
const FINDINGS_AT_ONCE = 500;

/** What the reporter works with. */
export interface ReportContext {
  readonly api: Api;
  readonly settings: MonitorSettings;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Called when there may be deliveries to make. */
  readonly onAlerts: () => void;
}

/** Compares what may be short or overdue with its alert, and reports a finding for each alert that must be opened or changed. */
export class Reporter {
  readonly #context: ReportContext;
  /** The alerts that are not resolved, by subject. */
  #alerts = new Map<AlertKey, KnownAlert & SubjectAnswer>();

  #transfers: OpenTransfers = new Map();

  constructor(context: ReportContext) {
    this.#context = context;
  }

  /** How many products have an alert that is not resolved, apart from those about single locations. */
  get lowProducts(): number {
    return [...this.#alerts.values()].filter(
      ({ locationID, transferID }) => locationID === undefined && transferID === undefined,
    ).length;
  }

  /** The transfers that were on their way when they were last loaded. */
  get transfers(): OpenTransfers {
    return this.#transfers;
  }

  /** Loads the alerts again, which people change, and so do other monitors; and the transfers, which are late without a record. */
  async refresh(): Promise<void> {
    await this.#loadTransfers();
    const alerts = await this.#context.api.unresolved();
    this.#alerts = new Map(alerts.map((alert) => [keyOf(alert), known(alert)]));
  }

  /** Reports what each record requires, given the products as they are in the shop. */
  async reportRecords(
    records: readonly RecordAnswer[],
    shop: Shop,
    signal: AbortSignal,
  ): Promise<void> {
    const findings = records.flatMap((record) => {
      const product = shop.byID.get(record.productID);
      // It may not be the last one, so nothing is known of how long this lasts.
      const watched = product ? watchedAfter(record, product) : [];
      return watched.flatMap((one) => this.#find(shop, one, record.record, 0));
    });
    await this.#report(findings, signal);
  }

  /** Reports what every product and every transfer requires as it is now. The service ignores findings about earlier records after that. */
  async reportAll(shop: Shop, signal: AbortSignal): Promise<void> {
    const now = this.#context.clock.now().getTime();
    const watched = shop.products.flatMap(watchedOf);
    const findings = watched.flatMap((one) => {
      const unchangedMs = one.recordedAt === null ? 0 : now - Date.parse(one.recordedAt);
      return this.#find(shop, one, shop.asOf, unchangedMs);
    });
    await this.#report([...findings, ...this.#ofGone(shop, watched)], signal);
    await this.#reportTransfers(shop, signal);
  }

  /** Looks at the transfers again, and reports what they require: a record has changed one. */
  async lookAtTransfers(shop: Shop, signal: AbortSignal): Promise<void> {
    await this.#loadTransfers();
    await this.#reportTransfers(shop, signal);
  }

  async #loadTransfers(): Promise<void> {
    const transfers = await this.#context.api.openTransfers();
    this.#transfers = new Map(transfers.map((transfer) => [transfer.transferID, transfer]));
  }

  /** In a report of their own: one about a transfer that was just closed is refused, and the others must not be. */
  async #reportTransfers(shop: Shop, signal: AbortSignal): Promise<void> {
    const { settings, clock } = this.#context;
    const at = { now: clock.now(), today: shop.today };
    const findings = overdueFindings(shop, this.#transfers, this.#alerts, settings, at);
    await this.#report(findings, signal);
  }

  /** Ends the alerts about what is watched no longer: a retired product without a record, a reorder point that was removed. */
  #ofGone(shop: Shop, watched: readonly Watched[]): Finding[] {
    const { settings, clock } = this.#context;
    const keys = new Set(watched.map(keyOf));
    const gone = [...this.#alerts.values()].filter(
      (alert) => alert.transferID === undefined && !keys.has(keyOf(alert)),
    );
    return gone.map(({ productID, locationID }) => {
      const about = aboutStock(productID as number, locationID);
      this.#alerts.delete(keyOf(about));
      return {
        ...about,
        kind: 'none' as const,
        record: shop.asOf,
        revision: shop.revision,
        availableQuantity: 0,
        threshold: 0,
        daysOfCover: null,
        deliveries: deliveriesOf(about.productID, 'none', settings, clock.now()),
      };
    });
  }

  /**
   * The finding about a product at a record, if there is one to report. The alert counts as changed at once, so that the
   * next record does not report the same.
   *
   * @param unchangedMs how long the quantity has been the same
   */
  #find(
    { revision, today }: Shop,
    watched: Watched,
    record: number,
    unchangedMs: number,
  ): Finding[] {
    const { settings, clock } = this.#context;
    const { productID, locationID, availableQuantity, daysOfCover } = watched;
    const key = keyOf(watched);
    const alert = this.#alerts.get(key) as KnownAlert<Shortage> | undefined;
    const assessment = assess({ ...watched, unchangedMs, alertKind: alert?.kind }, settings);
    const now = clock.now();
    const kind = toReport(assessment, alert, { now, today });
    if (kind === undefined) return [];
    const about = aboutStock(productID, locationID);
    if (kind === 'none') this.#alerts.delete(key);
    else this.#alerts.set(key, { ...about, status: 'open', kind, until: null, due: null });
    const finding = {
      ...about,
      kind,
      record,
      revision,
      availableQuantity: availableQuantity ?? 0,
      threshold: thresholdOf(watched, settings),
      daysOfCover,
      deliveries: deliveriesOf(productID, kind, settings, now),
    };
    return [finding];
  }

  async #report(findings: readonly Finding[], signal: AbortSignal): Promise<void> {
    const { api, clock, logger, onAlerts } = this.#context;
    for (let done = 0; done < findings.length; done += FINDINGS_AT_ONCE) {
      const some = findings.slice(done, done + FINDINGS_AT_ONCE);
      const outcomes = await untilAnswered(() => api.report(some), clock, signal).catch(
        async (error) => {
          // The alerts that `#find` counted as changed are not.
          if (!signal.aborted) await this.refresh().catch(() => this.#alerts.clear());
          throw error;
        },
      );
      for (const outcome of outcomes) {
        if ('refusal' in outcome) continue;
        const { alertID, productID, locationID, transferID, kind, status } = outcome;
        const about = { productID, locationID, transferID };
        logger.info({ alertID, ...about, kind }, `${subjectText(outcome)}: ${kind}, ${status}`);
        if (status === 'resolved') this.#alerts.delete(keyOf(outcome));
        else this.#alerts.set(keyOf(outcome), known(outcome));
      }
      // Another monitor is ahead of this one.
      if (outcomes.some((outcome) => 'refusal' in outcome)) await this.refresh();
      onAlerts();
    }
  }
}

type AlertKey = ReturnType<typeof keyOf>;

function known({
  productID,
  locationID,
  transferID,
  status,
  kind,
  until,
  due,
}: AlertEventAnswer): KnownAlert & SubjectAnswer {
  const about = { productID, locationID, transferID };
  return { ...about, status, kind, until: until === null ? null : new Date(until), due };
}

/** The fields of a finding that say what it is about. */
function aboutStock(productID: number, locationID: number | undefined) {
  return { productID, ...(locationID !== undefined && { locationID }) };
}

/** What an alert is about, for the log, which has no names. */
function subjectText({ productID, locationID, transferID }: AlertEventAnswer): string {
  if (transferID !== undefined) return `transfer ${transferID}`;
  return `product ${productID}${locationID === undefined ? '' : ` at location ${locationID}`}`;
}

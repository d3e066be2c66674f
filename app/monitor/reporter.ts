import type { Logger } from 'pino';
import type { Product, Shop } from '../client/shop';
import type { Alert } from '../wire/alerts';
import type { Finding } from '../wire/findings';
import type { RecordAnswer } from '../wire/records';
import { type Api, untilAnswered } from './api';
import type { Clock } from './clock';
import { deliveriesOf } from './recipients';
import { assess, type KnownAlert, thresholdOf, toReport } from './rules';
import type { MonitorSettings } from './settings';

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

/** Compares products with their alerts, and reports a finding for each alert that must be opened or changed. */
export class Reporter {
  readonly #context: ReportContext;
  /** The alerts that are not resolved, by product. */
  #alerts = new Map<number, KnownAlert>();

  constructor(context: ReportContext) {
    this.#context = context;
  }

  /** How many alerts are not resolved. */
  get unresolved(): number {
    return this.#alerts.size;
  }

  /** Loads the alerts again: people change them, and so do other monitors. */
  async refresh(): Promise<void> {
    const alerts = await this.#context.api.unresolved();
    this.#alerts = new Map(alerts.map((alert) => [alert.productID, known(alert)]));
  }

  /** Reports what each record requires, given the products as they are in the shop. */
  async reportRecords(
    records: readonly RecordAnswer[],
    shop: Shop,
    signal: AbortSignal,
  ): Promise<void> {
    const findings = records.flatMap(({ productID, availableQuantity, record }) => {
      const product = shop.byID.get(productID);
      return product ? this.#find(shop, product, availableQuantity, record) : [];
    });
    await this.#report(findings, signal);
  }

  /** Reports what every product requires as it is now. The service ignores findings about earlier records after that. */
  async reportAll(shop: Shop, signal: AbortSignal): Promise<void> {
    const now = this.#context.clock.now().getTime();
    const findings = shop.products.flatMap((product) => {
      const { availableQuantity, recordedAt } = product;
      const unchangedMs = recordedAt === null ? 0 : now - Date.parse(recordedAt);
      return this.#find(shop, product, availableQuantity, shop.asOf, unchangedMs);
    });
    await this.#report([...findings, ...this.#ofGone(shop)], signal);
  }

  /** Ends the alerts of products that are no longer listed, such as a retired product without a record. */
  #ofGone(shop: Shop): Finding[] {
    const { settings, clock } = this.#context;
    const gone = [...this.#alerts.keys()].filter((productID) => !shop.byID.has(productID));
    return gone.map((productID) => {
      this.#alerts.delete(productID);
      return {
        productID,
        kind: 'none' as const,
        record: shop.asOf,
        revision: shop.revision,
        availableQuantity: 0,
        threshold: 0,
        daysOfCover: null,
        deliveries: deliveriesOf(productID, 'none', settings, clock.now()),
      };
    });
  }

  /**
   * The finding about a product at a record, if there is one to report. The alert counts as changed at once, so that the
   * next record does not report the same.
   *
   * @param unchangedMs how long the quantity has been the same; 0 for a record, which may not be the product's last
   */
  #find(
    { revision, today }: Shop,
    product: Product,
    availableQuantity: number | null,
    record: number,
    unchangedMs = 0,
  ): Finding[] {
    const { settings, clock } = this.#context;
    const { productID, exactUnitsPerDay } = product;
    const daysOfCover =
      availableQuantity === null || exactUnitsPerDay === 0
        ? null
        : Math.round((availableQuantity / exactUnitsPerDay) * 100) / 100;
    const alert = this.#alerts.get(productID);
    const situation = { ...product, availableQuantity, daysOfCover, unchangedMs };
    const assessment = assess({ ...situation, alertKind: alert?.kind }, settings);
    const now = clock.now();
    const kind = toReport(assessment, alert, { now, today });
    if (kind === undefined) return [];
    if (kind === 'none') this.#alerts.delete(productID);
    else this.#alerts.set(productID, { status: 'open', kind, until: null, due: null });
    const finding = {
      productID,
      kind,
      record,
      revision,
      availableQuantity: availableQuantity ?? 0,
      threshold: thresholdOf(product, settings),
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
        const { alertID, productID, kind, status } = outcome;
        logger.info({ alertID, productID, kind }, `product ${productID}: ${kind}, ${status}`);
        if (status === 'resolved') this.#alerts.delete(productID);
        else this.#alerts.set(productID, known(outcome));
      }
      // Another monitor is ahead of this one.
      if (outcomes.some((outcome) => 'refusal' in outcome)) await this.refresh();
      onAlerts();
    }
  }
}

function known({
  status,
  kind,
  until,
  due,
}: Pick<Alert, 'status' | 'kind' | 'until' | 'due'>): KnownAlert {
  return { status, kind, until: until === null ? null : new Date(until), due };
}

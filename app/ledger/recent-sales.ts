import { Reader } from './reader';
import type { AsOf, DailySales, DailySalesQuery, Seller, TopSellersQuery } from './sales';

/** What was sold of each product, day by day. */
export interface RecentSales {
  /** The record that this is exact as of; 0 for an empty ledger. */
  readonly asOf: number;
  /** The UTC day that the last number of each product is for, as `2026-11-23`. */
  readonly today: string;
  /** Units sold of each product that sold any, oldest day first, less what was returned. */
  readonly units: ReadonlyMap<number, readonly number[]>;
}

/** Where daily sales are read. */
export interface SalesSource {
  dailySales(query: DailySalesQuery): Promise<DailySales[]>;
  topSellers(query: TopSellersQuery): Promise<AsOf<Seller>>;
}

const DAY_MS = 86_400_000;

/**
 * A record that was stamped before midnight may be committed after it: writes may wait for WRITE_TIMEOUT_MS,
 * which is five minutes at most, and clocks of processes differ. Until then yesterday is read again.
 */
const GRACE_MS = 900_000;

/** Rows of one reading of past days. */
const PAGE = 10_000;

/** Past days, as they are kept. */
interface Past {
  readonly today: string;
  readonly units: ReadonlyMap<number, readonly number[]>;
}

/**
 * The sales of the last days. Those of past days never change, so they are read once a day and kept; what is
 * read each time is today's, one row for each product that sold.
 */
export class RecentSalesReader {
  readonly #source: SalesSource;
  readonly #now: () => Date;
  readonly #days: number;
  readonly #reader: Reader<RecentSales>;
  #past: Past | undefined;
  #ledgers = 0;

  /** @param days how many, today among them */
  constructor(source: SalesSource, now: () => Date, days: number) {
    this.#source = source;
    this.#now = now;
    this.#days = days;
    this.#reader = new Reader(() => this.#read());
  }

  /** What was sold, with every sale in it that was acknowledged before the call. @throws StoreUnavailable */
  current(): Promise<RecentSales> {
    return this.#reader.current();
  }

  /** Forgets what is kept, because the ledger is another one. */
  forget(): void {
    this.#ledgers += 1;
    this.#past = undefined;
  }

  async #read(): Promise<RecentSales> {
    const now = this.#now().getTime();
    const today = utcDay(now);
    // Today's first, limited by nothing: what is told is to have all sales up to its record, and may have
    // more of yesterday's in the grace, which a follower who counts those of today does not count again.
    const { asOf, rows } = await this.#source.topSellers({
      by: 'unitsSold',
      limit: Number.MAX_SAFE_INTEGER,
      from: today,
      to: today,
    });
    const past = this.#past?.today === today ? this.#past : await this.#readPast(now, today);
    const units = new Map(past.units);
    for (const { productID, unitsSold } of rows) {
      const days = [...(units.get(productID) ?? Array<number>(this.#days).fill(0))];
      days[this.#days - 1] = unitsSold;
      if (days.some((number) => number !== 0)) units.set(productID, days);
    }
    return { asOf, today, units };
  }

  async #readPast(now: number, today: string): Promise<Past> {
    const ledger = this.#ledgers;
    const first = Date.parse(today) - (this.#days - 1) * DAY_MS;
    const units = new Map<number, number[]>();
    let after: DailySales | undefined;
    let rows: DailySales[];
    do {
      rows = await this.#source.dailySales({
        from: utcDay(first),
        to: utcDay(Date.parse(today) - DAY_MS),
        after,
        limit: PAGE,
      });
      for (const { day, productID, unitsSold } of rows) {
        const days = units.get(productID) ?? Array<number>(this.#days).fill(0);
        days[(Date.parse(day) - first) / DAY_MS] = unitsSold;
        units.set(productID, days);
      }
      after = rows.at(-1);
    } while (rows.length === PAGE);
    const past = { today, units };
    const isOver = now - Date.parse(today) >= GRACE_MS;
    if (isOver && ledger === this.#ledgers) this.#past = past;
    return past;
  }
}

function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

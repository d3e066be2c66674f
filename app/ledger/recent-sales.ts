import { addDays, dayOf } from './day';
import { Reader } from './reader';
import type { DailySales, DailySalesQuery, UnitsSold } from './sales';
import { Slices } from './slice';
import type { Stock } from './stock';

/** Units sold on one day, by productID, less what was returned. */
type DayUnits = ReadonlyMap<number, number>;

/** What was sold of each product, day by day. */
export class RecentSales {
  /** The record that this is exact as of; 0 for an empty ledger. */
  readonly asOf: number;
  /** The last of the days, in UTC, as `2026-11-23`. */
  readonly today: string;
  readonly #days: readonly DayUnits[];

  constructor(asOf: number, today: string, days: readonly DayUnits[]) {
    this.asOf = asOf;
    this.today = today;
    this.#days = days;
  }

  /** Units sold of a product each day, today last, less what was returned; empty where it has no sale in them. */
  of(productID: number): number[] {
    if (!this.#days.some((units) => units.has(productID))) return [];
    return this.#days.map((units) => units.get(productID) ?? 0);
  }

  /**
   * The products of which this may say something else than an earlier one, some of them perhaps more than once, and
   * undefined now and then where nothing was found for a while; undefined where all may have changed.
   */
  changedSince(before: RecentSales): Iterable<number | undefined> | undefined {
    if (before.today !== this.today) return undefined;
    return changes(before.#days, this.#days);
  }
}

function* changes(
  before: readonly DayUnits[],
  after: readonly DayUnits[],
): Generator<number | undefined> {
  for (const [place, now] of after.entries()) {
    const then = before[place] as DayUnits;
    // Days that are final are kept as they are.
    if (now === then) continue;
    for (const [one, other] of [
      [now, then],
      [then, now],
    ] as const) {
      let looked = 0;
      for (const [productID, units] of one) {
        looked += 1;
        if (other.get(productID) !== units) yield productID;
        else if (looked % LOOK === 0) yield undefined;
      }
    }
  }
}

/** Where recent sales are read. Everything throws StoreUnavailable. */
export interface SalesSource {
  /** What is in stock now; another object once it was loaded anew, as after a backup was restored. */
  stock(): Promise<Pick<Stock, 'last'>>;
  dailySales(query: DailySalesQuery): Promise<DailySales[]>;
  unitsSold(day: string): Promise<UnitsSold>;
}

/** Rows of one reading of past days. */
const PAGE = 1_000;

/** Rows after which the clock is looked at. */
const LOOK = 256;

/** What is kept of one ledger, known by the stock that was read of it. */
interface Kept {
  readonly stock: Pick<Stock, 'last'>;
  /** Days whose sales are final. */
  readonly days: Map<string, DayUnits>;
  latest?: RecentSales;
}

/**
 * The sales of the last days. What was sold on a day is final once the ledger has a record of a later day,
 * since no record is stamped earlier than the one before it: a transaction that began before midnight may
 * end after it, but it has the turn until then, so that nothing of the new day can come first. Final days
 * are read once and kept; those that are not, which is mostly today alone, are read when there is a new record.
 */
export class RecentSalesReader {
  readonly #source: SalesSource;
  readonly #now: () => Date;
  readonly #days: number;
  readonly #reader = new Reader(() => this.#read());
  #kept: Kept | undefined;

  /** @param days how many, today among them */
  constructor(source: SalesSource, now: () => Date, days: number) {
    this.#source = source;
    this.#now = now;
    this.#days = days;
  }

  /** What was sold, with every sale in it that was acknowledged before the call. @throws StoreUnavailable */
  current(): Promise<RecentSales> {
    return this.#reader.current();
  }

  async #read(): Promise<RecentSales> {
    const stock = await this.#source.stock();
    const kept = this.#keptOf(stock);
    const { record = 0, recordedAt } = stock.last ?? {};
    const today = dayOf(this.#now());
    const { latest } = kept;
    if (latest?.asOf === record && latest.today === today) return latest;
    // Today's first: so everything up to their record is in what is told. A sale of yesterday that comes
    // between the two readings is in it as well, which a follower who counts those of today will not notice.
    const { asOf, productIDs, unitsSold } = await this.#source.unitsSold(today);
    const past = await this.#past(kept.days, today, recordedAt ? dayOf(recordedAt) : '');
    const units = new Map<number, number>();
    const slices = new Slices();
    for (const [index, productID] of productIDs.entries()) {
      units.set(productID, unitsSold[index] as number);
      if (index % LOOK === 0 && slices.isOver) await slices.next();
    }
    kept.latest = new RecentSales(asOf, today, [...past, units]);
    return kept.latest;
  }

  /** A ledger that was loaded anew may be another one. A reading that still runs keeps its days with the old. */
  #keptOf(stock: Kept['stock']): Kept {
    if (this.#kept?.stock !== stock) this.#kept = { stock, days: new Map() };
    return this.#kept;
  }

  /**
   * The days before today, oldest first.
   *
   * @param kept those that are final: what is missing is read, and added once it is final itself
   * @param open the first day that may still change; '' where any may
   */
  async #past(kept: Map<string, DayUnits>, today: string, open: string): Promise<DayUnits[]> {
    const days = Array.from({ length: this.#days - 1 }, (_, index) =>
      addDays(today, index - this.#days + 1),
    );
    for (const day of kept.keys()) if (day < (days[0] ?? today)) kept.delete(day);
    const missing = days.findIndex((day) => !kept.has(day));
    if (missing === -1) return days.map((day) => kept.get(day) as DayUnits);
    const read = await this.#readDays(days.slice(missing));
    for (const [day, units] of read) if (day < open) kept.set(day, units);
    return days.map((day) => (kept.get(day) ?? read.get(day)) as DayUnits);
  }

  /** @param days consecutive ones, in order */
  async #readDays(days: readonly string[]): Promise<Map<string, DayUnits>> {
    const units = new Map(days.map((day) => [day, new Map<number, number>()]));
    let after: DailySales | undefined;
    let rows: DailySales[];
    do {
      rows = await this.#source.dailySales({ from: days[0], to: days.at(-1), after, limit: PAGE });
      for (const { day, productID, unitsSold } of rows) units.get(day)?.set(productID, unitsSold);
      after = rows.at(-1);
    } while (rows.length === PAGE);
    return units;
  }
}

import type { Calendar, DayBounds } from './calendar';
import { addDays } from './day';
import { Reader } from './reader';
import type { DailySales, DailySalesQuery, UnitsSold } from './sales';
import { Slices } from './slice';
import type { Stock } from './stock';

/** Units sold on one day less those returned, by productID. */
type DayUnits = ReadonlyMap<number, number>;

/** The day that it is, and the calendar that says so. */
export type Today = DayBounds & { readonly calendar: Calendar };

/** What was sold of each product, day by day. */
export class RecentSales {
  /** The record that this is exact as of; 0 for an empty ledger. */
  readonly asOf: number;
  /** The last of the days, as `2026-11-23`. */
  readonly today: string;
  /** Its first moment, and the one after its last, in milliseconds since 1970. */
  readonly todayBounds: Pick<DayBounds, 'from' | 'to'>;
  /** The zone of the days. */
  readonly timeZone: string;
  readonly #days: readonly DayUnits[];

  constructor(asOf: number, { calendar, day, from, to }: Today, days: readonly DayUnits[]) {
    this.asOf = asOf;
    this.today = day;
    this.todayBounds = { from, to };
    this.timeZone = calendar.timeZone;
    this.#days = days;
  }

  /** Units sold of a product less those returned, for each day, today last; empty if it has no sales in these days. */
  of(productID: number): number[] {
    if (!this.#days.some((units) => units.has(productID))) return [];
    return this.#days.map((units) => units.get(productID) ?? 0);
  }

  /**
   * The products whose sales may differ from an earlier state; undefined if all may differ. A product may come more than
   * once. In between comes undefined now and then, so that the caller can pause while nothing is found.
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
    // A day that is final is the same object.
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

/** Where recent sales are read from. Everything throws StoreUnavailable. */
export interface SalesSource {
  /** What is in stock now. It is another object after it was loaded again, such as after a backup was restored. */
  stock(): Promise<KnownStock>;
  dailySales(query: DailySalesQuery): Promise<DailySales[]>;
  unitsSold(day: string): Promise<UnitsSold>;
  cancelledSince(record: number): Promise<Date[]>;
}

type KnownStock = Pick<Stock, 'last' | 'lastCancellation'>;

/** Rows that are read at a time of past days. */
const PAGE = 1_000;

/** Rows after which the clock is checked. */
const LOOK = 256;

/** The days that were read of one ledger, which its stock object identifies. */
interface KnownDays {
  readonly stock: KnownStock;
  /** Days whose sales are final, up to the last cancellation that is known. */
  readonly days: Map<string, DayUnits>;
  cancellation: number;
  latest?: RecentSales;
}

/**
 * The sales of the last days. Those of a day are final once the ledger has a record of a later day, because no record has an
 * earlier time than the one before it. (A transaction may begin before midnight and end after it, but it has the turn until then, so
 * no record of the new day can come first.) Only the cancellation of a sale changes them later. So final days are read once and
 * kept until a sale of theirs is cancelled. The others, mostly today alone, are read when there is a new record.
 */
export class RecentSalesReader {
  readonly #source: SalesSource;
  readonly #today: () => Promise<Today>;
  readonly #days: number;
  readonly #reader = new Reader(() => this.#read());
  #known: KnownDays | undefined;

  /** @param days how many days, including today */
  constructor(source: SalesSource, today: () => Promise<Today>, days: number) {
    this.#source = source;
    this.#today = today;
    this.#days = days;
  }

  /** What was sold, including every sale that was acknowledged before the call. @throws StoreUnavailable */
  current(): Promise<RecentSales> {
    return this.#reader.current();
  }

  async #read(): Promise<RecentSales> {
    const stock = await this.#source.stock();
    const known = this.#knownDaysOf(stock);
    const { record = 0, recordedAt } = stock.last ?? {};
    const today = await this.#today();
    const { day, calendar } = today;
    const { latest } = known;
    if (latest?.asOf === record && latest.today === day) return latest;
    // Today's sales are read first, so the answer has everything up to their record. It may also have a sale of yesterday
    // from between the two reads. That does not disturb a client that adds up the sales of today.
    const { asOf, productIDs, unitsSold } = await this.#source.unitsSold(day);
    // The cancellations up to that record must be known, too.
    if (asOf > record && (await this.#source.stock()) !== stock) return this.#read();
    await this.#forgetChanged(known, calendar);
    const past = await this.#past(known.days, day, recordedAt ? calendar.dayOf(recordedAt) : '');
    const units = new Map<number, number>();
    const slices = new Slices();
    for (const [index, productID] of productIDs.entries()) {
      units.set(productID, unitsSold[index] as number);
      if (index % LOOK === 0 && slices.isOver) await slices.next();
    }
    known.latest = new RecentSales(asOf, today, [...past, units]);
    return known.latest;
  }

  /** After the stock was loaded again this may be another ledger, so its days are read again. A running read keeps the old. */
  #knownDaysOf(stock: KnownDays['stock']): KnownDays {
    if (this.#known?.stock !== stock) {
      this.#known = { stock, days: new Map(), cancellation: stock.lastCancellation };
    }
    return this.#known;
  }

  /** Forgets the days of which a sale was cancelled. */
  async #forgetChanged(known: KnownDays, calendar: Calendar): Promise<void> {
    const { lastCancellation } = known.stock;
    if (lastCancellation === known.cancellation) return;
    for (const soldAt of await this.#source.cancelledSince(known.cancellation)) {
      known.days.delete(calendar.dayOf(soldAt));
    }
    known.cancellation = lastCancellation;
  }

  /**
   * The days before today, oldest first.
   *
   * @param kept the days that are final. Missing days are read, and added if they are final
   * @param open the first day that may still change; '' if any may
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

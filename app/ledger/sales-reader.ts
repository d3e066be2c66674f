import { AnswerCache } from './answer-cache';
import type { Questions } from './questions';
import { type RecentSales, RecentSalesReader, type Today } from './recent-sales';
import type { AsOf, DaySales, SalesByDayQuery, Seller, TopSellersQuery } from './sales';
import type { Stock } from './stock';

/** The days that `recent` covers. */
export const RECENT_DAYS = 30;

/** Answers that are kept while nothing new is recorded: enough for the questions of some pages and dashboards. */
const KEPT_ANSWERS = 100;

/** What was sold. Every answer includes all sales that were acknowledged before the call, and throws StoreUnavailable. */
export class SalesReader {
  readonly #topSellers: AnswerCache<TopSellersQuery, AsOf<Seller>>;
  readonly #salesByDay: AnswerCache<SalesByDayQuery, AsOf<DaySales>>;
  readonly #recent: RecentSalesReader;

  /** @param stock what is in stock now: its last record tells whether a kept answer still holds */
  constructor(ask: Questions, stock: () => Promise<Stock>, today: () => Promise<Today>) {
    this.#topSellers = new AnswerCache(stock, ask.topSellers, KEPT_ANSWERS);
    this.#salesByDay = new AnswerCache(stock, ask.salesByDay, KEPT_ANSWERS);
    const { dailySales, unitsSold, cancelledSince } = ask;
    this.#recent = new RecentSalesReader(
      { stock, dailySales, unitsSold, cancelledSince },
      today,
      RECENT_DAYS,
    );
  }

  /** The products that sold most. @throws Overloaded */
  top(query: TopSellersQuery): Promise<AsOf<Seller>> {
    return this.#topSellers.to(query);
  }

  /** What was sold, day by day. @throws Overloaded */
  byDay(query: SalesByDayQuery): Promise<AsOf<DaySales>> {
    return this.#salesByDay.to(query);
  }

  /** What was sold of each product on each of the last RECENT_DAYS, today included. @throws Overloaded */
  recent(): Promise<RecentSales> {
    return this.#recent.current();
  }
}

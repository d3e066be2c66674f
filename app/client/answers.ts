import type { z } from 'zod';
import type {
  alertAnswer,
  alertsSummaryAnswer,
  dayAnswer,
  deliveryAnswer,
  explanationAnswer,
  latestRecord,
  lineFault,
  outlookAnswer,
  overviewAnswer,
  overviewProduct,
  productAnswer,
  recordAnswer,
  sellerAnswer,
  stockLine,
} from '../http/answers/answer-docs';
import type {
  countsDryRun,
  imported,
  productsDryRun,
} from '../http/resources/imports/import-answers';

/** What the service answers, as its own documentation has it: types alone, nothing of it runs here. */
export type Alert = z.infer<typeof alertAnswer>;
export type AlertsSummary = z.infer<typeof alertsSummaryAnswer>;
export type Delivery = z.infer<typeof deliveryAnswer>;
export type Overview = z.infer<typeof overviewAnswer>;
export type OverviewProduct = z.infer<typeof overviewProduct>;
export type StockLine = z.infer<typeof stockLine>;
export type LedgerRecord = z.infer<typeof recordAnswer>;
export type LatestRecord = z.infer<typeof latestRecord>;
export type Seller = z.infer<typeof sellerAnswer>;
export type DaySales = z.infer<typeof dayAnswer>;
export type CatalogueProduct = z.infer<typeof productAnswer>;
export type Explanation = z.infer<typeof explanationAnswer>;
export type Outlook = z.infer<typeof outlookAnswer>;
export type CountsDryRun = z.infer<typeof countsDryRun>;
export type ProductsDryRun = z.infer<typeof productsDryRun>;
export type Imported = z.infer<typeof imported>;
export type LineFault = z.infer<typeof lineFault>;

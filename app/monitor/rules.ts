import { type AlertEvent, type AlertKind, isLouder, type Shortage } from '../ledger/alert';
import { isOver, type Today } from '../ledger/decide-alert';
import { isLow } from '../ledger/outlook';

/** When a product counts as short, and when it no longer does. */
export interface Rules {
  /** Low at this many available, or fewer, if the product has no reorder point. */
  readonly threshold: number;
  /** How far above its threshold, in percent, a product must be until its shortage is over. */
  readonly clearPercent: number;
  /**
   * The least number of units above it, unless the product was out. A return, a recount or a corrected sale moves stock by
   * one or two, and people get a mail each time a shortage ends and begins again.
   */
  readonly clearUnits: number;
  /** A shortage is also over if stock above its threshold has not changed for this many hours. */
  readonly clearHours: number;
  /** A product is also short if its stock lasts for fewer days; 0 turns this off. */
  readonly coverDays: number;
}

/** What the rules depend on. */
export interface Situation {
  /** Null if the product was never counted. */
  readonly availableQuantity: number | null;
  readonly reorderPoint: number | null;
  /** Null if nothing sells. */
  readonly daysOfCover: number | null;
  readonly retired?: boolean | undefined;
  /** How loud the product's alert is; absent if it has none. */
  readonly alertKind?: Shortage | undefined;
  /** For how long the stock has not changed; 0 by default. */
  readonly unchangedMs?: number | undefined;
}

const HOUR_MS = 3_600_000;

/** The assessment of a product: a kind of shortage, none, or between, when what held before still holds. */
export type Assessment = Shortage | 'between' | 'none';

/** The level at which a product is low. */
export function thresholdOf(
  { reorderPoint }: Pick<Situation, 'reorderPoint'>,
  rules: Pick<Rules, 'threshold'>,
) {
  return reorderPoint ?? rules.threshold;
}

/**
 * The level at which its shortage is over at once. It is above the threshold, so that stock that moves around the
 * threshold alerts once. If a product was out, its level is lower, so that people hear of it again if it sells out again.
 */
function clearLevelOf(
  situation: Pick<Situation, 'reorderPoint' | 'alertKind'>,
  { clearPercent, clearUnits, ...rules }: Rules,
): number {
  const threshold = thresholdOf(situation, rules);
  const units = situation.alertKind === 'out' ? 1 : Math.max(1, clearUnits);
  return threshold + Math.max(units, Math.ceil((threshold * clearPercent) / 100));
}

export function assess(situation: Situation, rules: Rules): Assessment {
  const { availableQuantity, daysOfCover, retired, unchangedMs = 0 } = situation;
  if (retired) return 'none';
  // A product that was never counted is low, not out: a catalogue may have many of them, and out is reported at once.
  if (availableQuantity === null) return isLow(situation) ? 'low' : 'none';
  if (availableQuantity === 0) return 'out';
  if (availableQuantity <= thresholdOf(situation, rules)) return 'low';
  const { coverDays, clearHours } = rules;
  if (daysOfCover !== null && daysOfCover < coverDays) return 'cover';
  const isSettled = unchangedMs >= clearHours * HOUR_MS;
  if (!isSettled && availableQuantity < clearLevelOf(situation, rules)) return 'between';
  const clearDays = coverDays * (1 + rules.clearPercent / 100);
  return daysOfCover !== null && daysOfCover < clearDays ? 'between' : 'none';
}

/** What is known of an alert. */
export interface KnownAlert<K extends AlertKind = AlertKind>
  extends Pick<AlertEvent, 'status' | 'until' | 'due'> {
  readonly kind: K;
}

/**
 * What to report about a product or a transfer, given its alert.
 *
 * @param alert undefined if no alert is unresolved
 * @returns undefined if a report would change nothing
 */
export function toReport<K extends AlertKind>(
  assessment: K | 'between' | 'none',
  alert: KnownAlert<K> | undefined,
  at: Today,
): K | 'none' | undefined {
  if (!alert || alert.status === 'resolved') {
    return assessment === 'none' || assessment === 'between' ? undefined : assessment;
  }
  if (assessment === 'none') return 'none';
  const kind = assessment === 'between' ? alert.kind : assessment;
  return isLouder(kind, alert.kind) || isOver(alert, at) ? kind : undefined;
}

import { type AlertEvent, type AlertKind, isLouder } from '../ledger/alert';
import { isOver } from '../ledger/decide-alert';
import { isLow } from '../ledger/outlook';

/** When a product counts as short, and when it no longer does. */
export interface Rules {
  /** Low at this many available, or fewer, where the product has no reorder point of its own. */
  readonly threshold: number;
  /** How far above its threshold, in percent, a product must be until its shortage is over. */
  readonly clearPercent: number;
  /**
   * How many units above it at least, unless it was out: a return, a recount or a corrected sale moves stock by one or
   * two, and each time that a shortage ends and begins again people get a mail.
   */
  readonly clearUnits: number;
  /** Over, too, where stock above its threshold has not changed for so many hours: that is no wobble. */
  readonly clearHours: number;
  /** Short, too, where what there is lasts for fewer days; 0 for never. */
  readonly coverDays: number;
}

/** What the rules look at. */
export interface Situation {
  /** Null where the product was never counted. */
  readonly availableQuantity: number | null;
  readonly reorderPoint: number | null;
  /** Null where nothing sells. */
  readonly daysOfCover: number | null;
  readonly retired?: boolean | undefined;
  /** How loud the alert is that the product has; nothing where it has none. */
  readonly alertKind?: AlertKind | undefined;
  /** For how long the stock has been as it is; 0 unless told. */
  readonly unchangedMs?: number | undefined;
}

const HOUR_MS = 3_600_000;

/** How a product is: short of a kind, well, or between, where what was the case goes on. */
export type Assessment = AlertKind | 'between' | 'none';

/** The level at which a product is low. */
export function thresholdOf(
  { reorderPoint }: Pick<Situation, 'reorderPoint'>,
  rules: Pick<Rules, 'threshold'>,
) {
  return reorderPoint ?? rules.threshold;
}

/**
 * The level at which its shortage is over at once: above the threshold, so that stock that wobbles there alerts once.
 * What was out is over sooner, and so is told of again if it sells out again.
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
  // Low, not out, though it was never counted: what is out is told at once, and a catalogue may have many such products.
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

/** What is known of a product's alert. */
export type KnownAlert = Pick<AlertEvent, 'status' | 'kind' | 'until' | 'due'>;

/**
 * What is to be reported of a product, given its alert.
 *
 * @param alert undefined where there is none that is not resolved
 * @returns undefined where nothing would come of it
 */
export function toReport(
  assessment: Assessment,
  alert: KnownAlert | undefined,
  now: Date,
): AlertKind | 'none' | undefined {
  if (!alert || alert.status === 'resolved') {
    return assessment === 'none' || assessment === 'between' ? undefined : assessment;
  }
  if (assessment === 'none') return 'none';
  const kind = assessment === 'between' ? alert.kind : assessment;
  return isLouder(kind, alert.kind) || isOver(alert, now) ? kind : undefined;
}

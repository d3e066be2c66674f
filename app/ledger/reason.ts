/** The rules of one reason. */
interface ReasonRules {
  /** What people call it. */
  readonly title: string;
  /** The sign of the quantityChange of such a movement; 0 for either. Counts, sales, moves and holds are not movements. */
  readonly sign?: 1 | 0 | -1;
  /** Whether it may give a product its first record. */
  readonly mayBeFirst?: true;
  /** Whether it is asked for by a request of its own, not by POST /inventory. */
  readonly hasOwnRequest?: true;
  /** Whether it may name a sale that it takes back. */
  readonly mayNameSale?: true;
}

/** Why a record is appended: all reasons, and their rules. */
export const REASON_RULES = {
  count: { title: 'Count', mayBeFirst: true },
  sale: { title: 'Sale', hasOwnRequest: true },
  receipt: { title: 'Receipt', sign: 1, mayBeFirst: true },
  return: { title: 'Return', sign: 1, mayNameSale: true },
  cancellation: { title: 'Cancellation', hasOwnRequest: true },
  adjustment: { title: 'Adjustment', sign: 0 },
  waste: { title: 'Waste', sign: -1 },
  move: { title: 'Move', hasOwnRequest: true },
  hold: { title: 'Hold', hasOwnRequest: true },
  release: { title: 'Release', hasOwnRequest: true },
  expiry: { title: 'Expiry', hasOwnRequest: true },
  loss: { title: 'Loss', sign: -1, hasOwnRequest: true },
} as const satisfies Record<string, ReasonRules>;

type RulesByReason = typeof REASON_RULES;

export type Reason = keyof RulesByReason;

/** The reasons for which stock changes by a quantity, other than a sale. */
export type MovementReason = {
  [R in Reason]: RulesByReason[R] extends { readonly sign: number } ? R : never;
}[Reason];

/** All reasons, in order. */
export const REASONS = Object.keys(REASON_RULES) as unknown as readonly [Reason, ...Reason[]];

/** The reasons that have no request of their own. */
type OpenReason = {
  [R in Reason]: RulesByReason[R] extends { readonly hasOwnRequest: true } ? never : R;
}[Reason];

/** All reasons that POST /inventory takes. */
export const OPEN_REASONS = REASONS.filter(
  (reason) => rulesOf(reason).hasOwnRequest === undefined,
) as unknown as [OpenReason, ...OpenReason[]];

/** The rules of a reason; none for a word that is not a reason. */
export function rulesOf(reason: string | undefined): Partial<ReasonRules> {
  return REASON_RULES[reason as Reason] ?? {};
}

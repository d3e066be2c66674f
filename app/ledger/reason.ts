/** What holds for one reason. */
interface ReasonRules {
  /** What people call it. */
  readonly title: string;
  /** The sign that the quantityChange of such a movement has, 0 for either. A count and a sale are no movements. */
  readonly sign?: 1 | 0 | -1;
  /** Whether it may be the first that is heard of a product. */
  readonly mayBeFirst?: true;
  /** Whether it may name the sale that it takes back. */
  readonly mayNameSale?: true;
}

/** Why a record is appended: every reason there is, and what holds for it. */
export const REASON_RULES = {
  count: { title: 'Count', mayBeFirst: true },
  sale: { title: 'Sale' },
  receipt: { title: 'Receipt', sign: 1, mayBeFirst: true },
  return: { title: 'Return', sign: 1, mayNameSale: true },
  adjustment: { title: 'Adjustment', sign: 0 },
  waste: { title: 'Waste', sign: -1 },
} as const satisfies Record<string, ReasonRules>;

type Rules = typeof REASON_RULES;

export type Reason = keyof Rules;

/** The reasons for which stock changes by a quantity, other than a sale. */
export type MovementReason = {
  [R in Reason]: Rules[R] extends { readonly sign: number } ? R : never;
}[Reason];

/** All reasons, in order. */
export const REASONS = Object.keys(REASON_RULES) as unknown as readonly [Reason, ...Reason[]];

/** All but a sale, which has a request of its own. */
export const REASONS_BESIDE_SALE = REASONS.filter((reason) => reason !== 'sale') as unknown as [
  Exclude<Reason, 'sale'>,
  ...Exclude<Reason, 'sale'>[],
];

/** What holds for a reason; nothing does for what is none. */
export function rulesOf(reason: string | undefined): Partial<ReasonRules> {
  return REASON_RULES[reason as Reason] ?? {};
}

import { REASON_RULES, type Reason } from '../../ledger/reason';

/** What the page says about a reason, besides its name. */
interface KindTexts {
  /** The label of the quantity. */
  readonly quantity: string;
  /** The key that chooses it. */
  readonly letter: string;
}

/** Each reason on the page, in the order in which the forms offer them; null for a reason that they do not offer. */
const TEXTS = {
  count: { quantity: 'Units counted', letter: 'c' },
  receipt: { quantity: 'Units received', letter: 'r' },
  sale: { quantity: 'Units sold', letter: 's' },
  return: { quantity: 'Units returned', letter: 't' },
  waste: { quantity: 'Units lost', letter: 'w' },
  // The page records adjustments only to undo records.
  adjustment: null,
  cancellation: null,
  move: null,
  hold: null,
  release: null,
  expiry: null,
  loss: null,
} as const satisfies Record<Reason, KindTexts | null>;

/** What people in a shop record. */
export type ChangeKind = {
  [R in Reason]: (typeof TEXTS)[R] extends null ? never : R;
}[Reason];

export const KIND_NAMES = Object.keys(TEXTS).filter(
  (name) => TEXTS[name as Reason] !== null,
) as ChangeKind[];

/** The names and texts of each kind. */
export const KINDS = Object.fromEntries(
  KIND_NAMES.map((kind) => {
    const { title } = REASON_RULES[kind];
    const verb = `Record ${title.toLowerCase()}`;
    return [kind, { ...TEXTS[kind], title, verb, effect: effectOf(kind) }];
  }),
) as Readonly<Record<ChangeKind, KindTexts & Record<'title' | 'verb' | 'effect', string>>>;

/** What a change of this kind does to the stock. */
function effectOf(kind: ChangeKind): string {
  if (kind === 'count') return 'sets the stock';
  return kind === 'sale' || REASON_RULES[kind].sign < 0
    ? 'takes from the stock'
    : 'adds to the stock';
}

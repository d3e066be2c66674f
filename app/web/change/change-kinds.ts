/** What people in a shop record. */
export const KINDS = {
  count: {
    title: 'Count',
    verb: 'Record count',
    quantity: 'Units counted',
    letter: 'c',
    effect: 'sets the stock',
  },
  receipt: {
    title: 'Receipt',
    verb: 'Record receipt',
    quantity: 'Units received',
    letter: 'r',
    effect: 'adds to the stock',
  },
  sale: {
    title: 'Sale',
    verb: 'Record sale',
    quantity: 'Units sold',
    letter: 's',
    effect: 'takes from the stock',
  },
  return: {
    title: 'Return',
    verb: 'Record return',
    quantity: 'Units returned',
    letter: 't',
    effect: 'adds to the stock',
  },
  waste: {
    title: 'Waste',
    verb: 'Record waste',
    quantity: 'Units lost',
    letter: 'w',
    effect: 'takes from the stock',
  },
} as const;

export type ChangeKind = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as ChangeKind[];

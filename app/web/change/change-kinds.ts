/** What people in a shop record. */
export const KINDS = {
  count: {
    title: 'Count',
    verb: 'Record count',
    quantity: 'Units counted',
    letter: 'c',
    effect: 'sets what is there',
  },
  receipt: {
    title: 'Receipt',
    verb: 'Record receipt',
    quantity: 'Units received',
    letter: 'r',
    effect: 'adds to what is there',
  },
  sale: {
    title: 'Sale',
    verb: 'Record sale',
    quantity: 'Units sold',
    letter: 's',
    effect: 'takes from what is there',
  },
  return: {
    title: 'Return',
    verb: 'Record return',
    quantity: 'Units returned',
    letter: 't',
    effect: 'adds to what is there',
  },
  waste: {
    title: 'Waste',
    verb: 'Record waste',
    quantity: 'Units lost',
    letter: 'w',
    effect: 'takes from what is there',
  },
} as const;

export type ChangeKind = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as ChangeKind[];

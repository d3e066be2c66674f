import fc from 'fast-check';
import type { Command } from '../../app/ledger/command';
import type { DocumentCommand, HoldLine } from '../../app/ledger/documents/document-command';
import type { LocationCommand } from '../../app/ledger/locations/location-command';
import { moveCommands } from '../../app/ledger/move';

/** What is submitted. A transfer is named by its place among all that there were, from the end. */
export type PlacedPlan =
  | {
      readonly kind: 'stock';
      readonly commands: readonly Command[];
      readonly mode: 'all' | 'each';
      readonly key: string | undefined;
    }
  | {
      readonly kind: 'document';
      readonly command: DocumentCommand;
      readonly key: string | undefined;
    }
  | { readonly kind: 'location'; readonly command: LocationCommand }
  | { readonly kind: 'expire' };

/** What may happen: submissions that arrive together at one of the processes, a row by hand, a restart. */
export type PlacedStep =
  | {
      readonly do: 'submit';
      readonly to: 0 | 1;
      readonly seconds: number;
      readonly plans: readonly PlacedPlan[];
    }
  | { readonly do: 'insert by hand'; readonly productID: number; readonly quantity: number }
  | { readonly do: 'restart' };

/** The third is known only once somebody has some. */
const productID = fc.constantFrom(1, 1, 1, 1, 2, 2, 2, 3);
/** The fourth is there only if somebody makes it; the third does not sell. */
const locationID = fc.constantFrom(1, 1, 1, 1, 2, 2, 2, 3, 4);
const units = fc.integer({ min: 1, max: 5 });
const few = fc.integer({ min: 0, max: 2 });
const key = fc.constantFrom(...Array<undefined>(12).fill(undefined), 'k', 'l', 'm', 'n');
const reference = fc.option(fc.constantFrom('R-1', 'R-2'));

/**
 * All more than the minute by which the clocks differ: by no clock that stands still, a hold is due that was made since. So it does not
 * matter whether a turn ends it or the timer.
 */
const expiresIn = fc.constantFrom(61, 61, 90, 150, 4_000);

const kind = <K extends string>(name: K) => fc.constant(name);
const count = fc.record(
  {
    kind: kind('count'),
    productID,
    locationID,
    availableQuantity: fc.integer({ min: 0, max: 9 }),
    isOnHand: fc.constant(true as const),
  },
  { requiredKeys: ['kind', 'productID', 'locationID', 'availableQuantity'] },
);
const sale = fc.record({
  ...{ kind: kind('sale'), productID, locationID, quantity: units },
  unitPrice: fc.constant(100),
});
const movement = (reason: 'receipt' | 'waste', quantityChange: fc.Arbitrary<number>) =>
  fc.record({
    kind: kind('movement'),
    reason: kind(reason),
    productID,
    locationID,
    quantityChange,
  });
const receipt = movement(
  'receipt',
  fc.oneof({ weight: 9, arbitrary: units }, fc.constant(2 ** 31 - 1)),
);
const countOfFew = fc.record({
  ...{ kind: kind('count'), productID: fc.constant(1), locationID: fc.constant(1) },
  ...{ availableQuantity: few, isOnHand: fc.constant(true as const) },
});
const command: fc.Arbitrary<Command> = fc.oneof(
  count,
  countOfFew,
  { weight: 2, arbitrary: sale },
  { weight: 2, arbitrary: receipt },
  movement(
    'waste',
    units.map((lost) => -lost),
  ),
);

const twoPlaces = fc.uniqueArray(locationID, { minLength: 2, maxLength: 2 });
const sent = fc.uniqueArray(fc.record({ productID, quantity: units }), {
  ...{ minLength: 1, maxLength: 2 },
  selector: (line) => line.productID,
});
const move = fc
  .record({ places: twoPlaces, lines: sent })
  .map(({ places: [from = 1, to = 2], lines }) => moveCommands({ from, to, lines }));

const holdLines: fc.Arbitrary<HoldLine[]> = fc.uniqueArray(
  fc.record({
    ...{ productID, locationID: fc.constantFrom(1, 1, 1, 1, 2, 2, 2, 2, 3, 4) },
    quantity: fc.constantFrom(1, 1, 2, 3),
  }),
  { minLength: 1, maxLength: 2, selector: (line) => `${line.productID} ${line.locationID}` },
);
/** What a hold has, or less, or a little more. */
const fewLines: fc.Arbitrary<HoldLine[]> = fc
  .record({ productID: fc.constant(1), locationID: fc.constant(1), quantity: units })
  .map((line) => [line]);
/** Few names at a time. One that has ended is never free again. */
const holdID = fc.constantFrom('a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'd', 'e');
const ofHold: fc.Arbitrary<DocumentCommand> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ kind: kind('put-hold'), holdID, lines: holdLines, expiresIn, reference },
    }),
  },
  fc.record({ kind: kind('extend-hold'), holdID, expiresIn }),
  { weight: 2, arbitrary: fc.record({ kind: kind('release-hold'), holdID }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: kind('sell-hold'), holdID, unitPrice: fc.constant(100), orSell: fc.boolean() },
      lines: fc.option(fc.oneof(fewLines, holdLines), { nil: undefined, freq: 1 }),
    }),
  },
);

/** 0 for the last transfer, 1 for the one before it. */
const transferID = fc.constantFrom(0, 0, 0, 1, 1, 9);
const ofTransfer: fc.Arbitrary<DocumentCommand> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .record({ places: twoPlaces, lines: sent, reference })
      .map(({ places: [from = 1, to = 2], ...more }) => {
        return { kind: 'ship', from, to, expectedAt: null, ...more } as const;
      }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('receive'),
      transferID,
      lines: fc.uniqueArray(
        fc
          .record({ productID, received: few, damaged: few, returned: few })
          .filter(({ received, damaged, returned }) => received + damaged + returned > 0),
        { minLength: 1, maxLength: 2, selector: (line) => line.productID },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ kind: kind('close-transfer'), transferID },
      remainder: fc.constantFrom('lost', 'returned'),
      note: fc.option(fc.constant('gone')),
    }),
  },
);

const location: fc.Arbitrary<LocationCommand> = fc.oneof(
  fc.record({
    ...{ kind: kind('put'), locationID: fc.constantFrom(2, 3, 4), name: fc.constant('Place') },
    ...{ address: fc.constant(null), sellable: fc.constantFrom(undefined, true, false) },
  }),
  { weight: 2, arbitrary: fc.record({ kind: kind('retire'), locationID }) },
);

const plan: fc.Arbitrary<PlacedPlan> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: kind('stock'),
      commands: fc.array(command, { minLength: 1, maxLength: 3 }),
      ...{ mode: fc.constantFrom('all', 'each'), key },
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: kind('stock'), commands: move, mode: kind('all'), key }),
  },
  { weight: 7, arbitrary: fc.record({ kind: kind('document'), command: ofHold, key }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('document'), command: ofTransfer, key }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('location'), command: location }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('expire') }) },
);

/** Some are sent twice at once. */
const plans = fc
  .array(fc.record({ plan, times: fc.constantFrom(1, 1, 1, 2) }), { minLength: 1, maxLength: 7 })
  .map((each) => each.flatMap(({ plan, times }) => Array<PlacedPlan>(times).fill(plan)));

const to = fc.constantFrom<0 | 1>(0, 1);

/** Something to be about: two more places, and a few units. */
const beginning: fc.Arbitrary<PlacedStep> = to.map((to) => ({
  ...{ do: 'submit', to, seconds: 1 },
  plans: [
    ...[true, false].map((sellable, index): PlacedPlan => {
      const place = { locationID: 2 + index, name: 'Place', address: null };
      return { kind: 'location', command: { kind: 'put', ...place, sellable } };
    }),
    {
      ...{ kind: 'stock', mode: 'all', key: undefined },
      commands: [1, 2, 3].flatMap((locationID) =>
        [1, 2].map((productID) => {
          const quantityChange = 5;
          return { kind: 'movement', reason: 'receipt', productID, locationID, quantityChange };
        }),
      ),
    },
  ],
}));

export const placedSteps: fc.Arbitrary<PlacedStep[]> = fc
  .tuple(
    beginning,
    fc.array(
      fc.oneof(
        {
          weight: 10,
          arbitrary: fc.record({
            ...{ do: kind('submit'), to, plans },
            seconds: fc.constantFrom(1, 1, 1, 10, 10, 61, 43_200),
          }),
        },
        {
          weight: 1,
          arbitrary: fc.record({
            ...{ do: kind('insert by hand'), productID, quantity: fc.integer({ min: 0, max: 9 }) },
          }),
        },
        { weight: 1, arbitrary: fc.record({ do: kind('restart') }) },
      ),
      { minLength: 1, maxLength: 12, size: 'max' },
    ),
  )
  .map(([first, others]) => [first, ...others]);

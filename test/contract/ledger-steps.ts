import fc from 'fast-check';
import type { CatalogueCommand, Command, CommandExtras } from '../../app/ledger/command';
import type { Submission } from '../../app/ledger/submission';
import type { LedgerSubmission } from './ledger-model';
import type { ModelRecord, StockModel } from './stock-model';

/** What may happen to a ledger: submissions that arrive together, a row by hand, a restart. */
export type Step =
  | { readonly do: 'submit'; readonly to: 0 | 1; readonly plans: readonly SubmissionPlan[] }
  | { readonly do: 'insert by hand'; readonly productID: number; readonly quantity: number }
  | { readonly do: 'restart' };

/** A submission whose commands name records and quantities that are known only when it is made. */
type SubmissionPlan = Exclude<LedgerSubmission, { kind: 'stock' }> | StockPlan;
type StockPlan = Omit<Extract<Submission, { kind: 'stock' }>, 'commands'> & {
  readonly commands: readonly CommandPlan[];
};
interface CommandPlan {
  readonly command: Command;
  /** What the caller believes of the product when it asks. */
  readonly belief: 'none' | 'any record' | 'latest' | 'stale' | 'quantity' | 'other quantity';
  /** Which sale so far a return names: of its product, or of any; so many before the last. */
  readonly sale: { readonly of: 'product' | 'all'; readonly place: number } | null;
}

/** The submission of a plan, for a caller who has just read the ledger. */
export function planned(plan: SubmissionPlan, known: StockModel): LedgerSubmission {
  if (plan.kind !== 'stock') return plan;
  return { ...plan, commands: plan.commands.map((command) => plannedCommand(command, known)) };
}

const LAST_SALE = { of: 'product', place: 0 } as const;

function plannedCommand({ command, belief, sale }: CommandPlan, known: StockModel): Command {
  const believed = { ...command, ...beliefs(belief, known.latest(command.productID)) };
  const isReturn = believed.kind === 'movement' && believed.reason === 'return' && sale;
  if (believed.kind !== 'cancellation' && !isReturn) return believed;
  const named = sale ?? LAST_SALE;
  const sales = known.records.filter(
    ({ reason, productID }) =>
      reason === 'sale' && (named.of === 'all' || productID === command.productID),
  );
  // Record 1 is no sale, for want of anything to sell before it.
  return { ...believed, saleRecord: sales.at(-1 - named.place)?.record ?? 1 };
}

function beliefs(belief: CommandPlan['belief'], latest: ModelRecord | undefined): CommandExtras {
  const { record = 1, availableQuantity = 0 } = latest ?? {};
  return {
    none: {},
    'any record': { expectedRecords: 'any' as const },
    latest: { expectedRecords: [record] },
    stale: { expectedRecords: [record - 1, record + 1] },
    quantity: { expectedQuantity: availableQuantity },
    'other quantity': { expectedQuantity: availableQuantity + 1 },
  }[belief];
}

const productID = fc.integer({ min: 1, max: 3 });
const quantity = fc.integer({ min: 0, max: 9 });
const units = fc.integer({ min: 1, max: 6 });
const unitPrice = fc.option(fc.integer({ min: 0, max: 9_999_999_999_999 }));
const words = { reference: fc.option(fc.string({ maxLength: 5, unit: 'grapheme-ascii' })) };

const count = fc.record({
  kind: fc.constant('count' as const),
  productID,
  availableQuantity: quantity,
  ...words,
});
const sale = fc.record({
  kind: fc.constant('sale' as const),
  productID,
  quantity: fc.integer({ min: 1, max: 9 }),
  unitPrice,
  ...words,
});

/** Counts and sales come often enough for the others to have something to be about. */
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: count },
  { weight: 4, arbitrary: sale },
  { weight: 4, arbitrary: movement('return', units) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('cancellation' as const),
      productID,
      saleRecord: fc.constant(1),
      ...words,
    }),
  },
  movement(
    'waste',
    units.map((lost) => -lost),
  ),
  movement(
    'adjustment',
    fc.oneof(
      units,
      units.map((lost) => -lost),
    ),
  ),
  // Two of the largest are more than can be counted.
  movement('receipt', fc.oneof({ weight: 3, arbitrary: units }, fc.constant(2 ** 31 - 1))),
);

function movement<R extends 'receipt' | 'return' | 'adjustment' | 'waste'>(
  reason: R,
  quantityChange: fc.Arbitrary<number>,
): fc.Arbitrary<Command> {
  const kind = fc.constant('movement' as const);
  return fc.record({ kind, reason: fc.constant(reason), productID, quantityChange, ...words });
}

const commandPlan: fc.Arbitrary<CommandPlan> = fc.record({
  command,
  belief: fc.oneof(
    { weight: 6, arbitrary: fc.constant('none' as const) },
    fc.constantFrom('any record', 'latest', 'stale', 'quantity', 'other quantity'),
  ),
  sale: fc.option(
    fc.record({ of: fc.constantFrom('product', 'product', 'all'), place: fc.nat({ max: 1 }) }),
  ),
});

const code = fc.option(fc.constantFrom('A', 'a', 'B'));
const fields = {
  name: fc.constantFrom('Tea', 'Mug'),
  sku: code,
  barcode: code,
  image: fc.constant(null),
  price: unitPrice,
  reorderPoint: fc.option(quantity),
  reorderQuantity: fc.constant(null),
};
const create = fc.record(
  { kind: fc.constant('create' as const), productID, fields: fc.record(fields) },
  { requiredKeys: ['kind', 'fields'] },
);
const put = fc.record({
  kind: fc.constant('put' as const),
  productID,
  fields: fc.record(fields, { requiredKeys: ['name'] }),
});
const revise = fc.record({
  kind: fc.constant('revise' as const),
  productID,
  fields: fc.record(fields, { requiredKeys: [] }),
  expectedRevisions: fc.option(fc.array(units, { maxLength: 3 }), { nil: undefined, freq: 2 }),
});
const reorder = fc.record({
  kind: fc.constant('reorder' as const),
  productID,
  locationID: fc.constantFrom(1, 1, 1, 4_000),
  reorderPoint: fc.option(quantity),
  reorderQuantity: fc.option(quantity),
});
const catalogueCommand: fc.Arbitrary<CatalogueCommand> = fc.oneof(
  create,
  create,
  put,
  put,
  revise,
  revise,
  revise,
  reorder,
  fc.record({ kind: fc.constant('retire'), productID }),
);

/** Few keys, so that they come again: with the same request, and with another. */
const key = fc.constantFrom('k', 'K', 'k ', 'l', 'm', 'n');
const request = fc.option(
  fc.record({
    key,
    fingerprint: fc.constantFrom('a'.repeat(64), 'a'.repeat(64), 'b'.repeat(64)),
    resource: fc.constant('inventory'),
  }),
  { nil: undefined, freq: 2 },
);

const submissionPlan: fc.Arbitrary<SubmissionPlan> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('stock'),
      commands: fc.array(commandPlan, { minLength: 1, maxLength: 5 }),
      mode: fc.constantFrom('all', 'each'),
      request,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('catalogue'),
      commands: fc.array(catalogueCommand, { minLength: 1, maxLength: 3 }),
      request,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel'), key }) },
);

const plans = fc.array(submissionPlan, { minLength: 1, maxLength: 5 });

/** One return of a sale there is, nearly always. */
const returnPlan: fc.Arbitrary<SubmissionPlan> = fc.record({
  kind: fc.constant('stock'),
  commands: fc.tuple(
    fc.record({
      command: movement('return', units),
      belief: fc.constant('none'),
      sale: fc.record({ of: fc.constant('product'), place: fc.constant(0) }),
    }),
  ),
  mode: fc.constant('each'),
});

/** Each sent three times at once, as by an impatient finger: the first is decided alone, the others together. */
const thrice = fc
  .array(fc.oneof(submissionPlan, returnPlan), { minLength: 1, maxLength: 2 })
  .map((once) => once.flatMap((plan) => [plan, plan, plan]));

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('submit'),
      to: fc.constantFrom(0, 1),
      plans: fc.oneof({ weight: 3, arbitrary: plans }, thrice),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('insert by hand'), productID, quantity }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
);

/** A sale that is taken back: perhaps a unit first, then all of it, twice. Chance alone seldom meets what that is refused for. */
const takenBack: fc.Arbitrary<Step[]> = fc
  .record({ productID, to: fc.constantFrom(0, 1), isReturned: fc.boolean() })
  .map(({ productID, to, isReturned }) => {
    const annotations = { reference: null };
    const cancellation: Command = {
      kind: 'cancellation',
      productID,
      saleRecord: 1,
      ...annotations,
    };
    const commands: Command[] = [
      { kind: 'count', productID, availableQuantity: 9, ...annotations },
      { kind: 'sale', productID, quantity: 3, unitPrice: 5, ...annotations },
      ...(isReturned
        ? [
            {
              kind: 'movement',
              reason: 'return',
              productID,
              quantityChange: 1,
              ...annotations,
            } as const,
          ]
        : []),
      cancellation,
      cancellation,
    ];
    // One after the other: what a step names is known from the steps before it.
    return commands.map((command) => ({
      do: 'submit',
      to,
      plans: [
        {
          kind: 'stock',
          mode: 'each',
          commands: [{ command, belief: 'none', sale: LAST_SALE }],
        },
      ],
    }));
  });

export const steps: fc.Arbitrary<Step[]> = fc
  .array(
    fc.oneof(
      { weight: 30, arbitrary: step.map((one) => [one]) },
      { weight: 1, arbitrary: takenBack },
    ),
    // As long as they may be: most of what can go wrong needs something before it.
    { minLength: 1, maxLength: 15, size: 'max' },
  )
  .map((taken) => taken.flat());

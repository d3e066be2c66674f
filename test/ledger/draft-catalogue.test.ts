import { Catalogue } from '../../app/ledger/catalogue';
import type { CatalogueCommand } from '../../app/ledger/command';
import { onStock } from '../../app/ledger/memories';
import type { ProductRevision } from '../../app/ledger/product';
import { Stock } from '../../app/ledger/stock';
import type { Submission } from '../../app/ledger/submission';
import { draft } from '../../app/ledger/write/draft';
import { all, counted, named } from './commands';
import { fields, revision } from './products';
import { record } from './records';

const now = new Date('2026-11-23T12:00:00.000Z');

function facts(latest: readonly ProductRevision[] = []) {
  return {
    ...onStock(new Stock([record(1, { productID: 20 })])),
    catalogue: new Catalogue(latest),
    sales: new Map(),
    requests: new Map(),
    ended: new Map(),
  };
}
const runs = (on: ReturnType<typeof facts>, ...submissions: Submission[]) =>
  draft(on, submissions, { turnMark: 42, now });
const listed = (...commands: CatalogueCommand[]): Submission & { kind: 'catalogue' } => ({
  kind: 'catalogue',
  commands,
});
const create = (name: string, sku: string | null = null): CatalogueCommand => ({
  kind: 'create',
  fields: fields({ name, sku }),
});
const outcomes = ({ answers }: ReturnType<typeof draft>) =>
  answers.map((answer) => (answer.answer === 'outcomes' ? answer.outcomes : answer));

describe('a draft of the catalogue', () => {
  test('numbers revisions from the one after the last, and does not change the facts', () => {
    const on = facts([revision(6, { sku: 'A' })]);
    const { revisions } = runs(
      on,
      listed({ kind: 'revise', productID: 1, fields: { sku: 'B' } }),
      listed({ kind: 'retire', productID: 1 }),
    );
    const mark = { turnMark: 42, revisedAt: now };
    expect(revisions).toMatchObject([
      { revision: 7, sku: 'B', retired: false, ...mark },
      { revision: 8, sku: 'B', retired: true, ...mark },
    ]);
    expect(on.catalogue.last?.revision).toBe(6);
    expect(on.catalogue.get(1)?.sku).toBe('A');
    expect(on.catalogue.holderOf('sku', 'A')).toBe(1);
    expect(on.catalogue.holderOf('sku', 'B')).toBeUndefined();
  });

  test('gives the next number after all products, in the catalogue, in stock or in the draft', () => {
    const on = facts([revision(6, { productID: 7 })]);
    const { revisions } = runs(
      on,
      listed(create('Tea'), create('Mug')),
      all(counted(1, { productID: 30 })),
      listed(create('Pot')),
    );
    expect(revisions.map(({ productID }) => productID)).toEqual([21, 22, 31]);
    expect(on.stock.largestProductID).toBe(20);
    expect(on.catalogue.largestProductID).toBe(7);
  });

  test('is all or nothing: one refusal withholds the others, and leaves no gap', () => {
    const drafted = runs(
      facts(),
      listed(create('Tea', 'A'), create('Mug', 'A')),
      listed(create('Pot')),
    );
    expect(outcomes(drafted)).toMatchObject([
      [
        { refusal: 'withheld', productID: 21 },
        { refusal: 'code-taken', productID: 22, field: 'sku', code: 'A', holder: 21 },
      ],
      [{ revision: 1, productID: 21, name: 'Pot' }],
    ]);
    expect(drafted.revisions).toHaveLength(1);
  });

  test('withheld commands take no code', () => {
    const bad: CatalogueCommand = { kind: 'retire', productID: 99 };
    const drafted = runs(facts(), listed(create('Tea', 'A'), bad), listed(create('Mug', 'A')));
    expect(outcomes(drafted)[1]).toMatchObject([{ sku: 'A' }]);
  });

  test('keeps a request with its first revision, as with records', () => {
    const { requests } = runs(facts([revision(6)]), {
      ...listed(create('Tea'), create('Mug')),
      request: named('k'),
    });
    expect(requests).toMatchObject([
      { key: 'k', answer: { kind: 'catalogue', commands: 2, first: 7, refusals: [] } },
    ]);
  });
});

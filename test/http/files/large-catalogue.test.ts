import type { ProductLine } from '../../../app/http/resources/imports/import-tables';
import { planProducts } from '../../../app/http/resources/imports/plan-products';
import { Catalogue } from '../../../app/ledger/catalogue';
import { revision } from '../../ledger/products';
import { turnsDuring } from '../../turns';

const PRODUCTS = 5_120;
/** Products that are looked at between two looks at the time. */
const PART_MAX = 256;

const catalogue = new Catalogue(
  Array.from({ length: PRODUCTS }, (_, index) =>
    revision(index + 1, {
      productID: index + 1,
      name: `Tea ${index + 1}`,
      retired: index === 7,
    }),
  ),
);
const rules = {
  catalogue,
  asOf: undefined,
  isTried: true,
  largestProductID: PRODUCTS,
  productLimit: Number.POSITIVE_INFINITY,
};

const lines = (...said: ProductLine['said'][]): ProductLine[] =>
  said.map((said, index) => ({ said, fields: Object.keys(said), line: index + 2 }));

/** Every look at the clock finds a slice over. */
function hurry(): void {
  let time = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => {
    time += 100;
    return time;
  });
}
afterEach(() => jest.restoreAllMocks());

test('one line with a name alone looks through the catalogue part by part', async () => {
  const names = lines({ name: 'Tea 5000' }, { name: 'Tea 8' }, { name: 'Milk' }, { name: 'Milk' });
  hurry();
  let warnings: readonly unknown[] = [];
  const turns = await turnsDuring(async () => {
    warnings = (await planProducts(names, rules)).warnings.first;
  });
  expect(turns).toBeGreaterThanOrEqual(PRODUCTS / PART_MAX);
  const detail = (whose: string) => expect.stringContaining(`is the name of ${whose}`);
  expect(warnings).toEqual([
    { line: 2, column: 'name', value: 'Tea 5000', detail: detail('product 5000') },
    { line: 5, column: 'name', value: 'Milk', detail: detail('a line before') },
  ]);
});

test('lines that say a number or a code do not look through it', async () => {
  const known = lines({ productID: 5, name: 'Tea 6' }, { name: 'Tea 7', sku: 'T-7' });
  hurry();
  let warnings: readonly unknown[] = [1];
  const turns = await turnsDuring(async () => {
    warnings = (await planProducts(known, rules)).warnings.first;
  });
  expect(turns).toBeLessThan(PRODUCTS / PART_MAX);
  expect(warnings).toEqual([]);
});

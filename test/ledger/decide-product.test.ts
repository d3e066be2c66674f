import { Catalogue } from '../../app/ledger/catalogue';
import type { CatalogueCommand } from '../../app/ledger/command';
import { decideProduct, PRODUCT_ID_MAX } from '../../app/ledger/decide-product';
import type { ProductRevision } from '../../app/ledger/product';
import { fields, revision } from './products';

/** Product 1 has code A, and product 2 code B. Product 3 was retired with code A before product 1 got it. */
const tea = revision(4, { productID: 1, name: 'Tea', sku: 'A', barcode: '111', price: 45_000 });
const mug = revision(2, { productID: 2, name: 'Mug', sku: 'B', barcode: '222' });
const pot = revision(3, { productID: 3, name: 'Pot', sku: 'A', image: 'i', retired: true });

function decideOn(
  latest: readonly ProductRevision[],
  command: CatalogueCommand,
  largestProductID = 9,
) {
  return decideProduct(new Catalogue(latest), largestProductID, command);
}
const decide = (command: CatalogueCommand) => decideOn([tea, mug, pot], command);

const create = (changes: Partial<ProductRevision> = {}, productID?: number): CatalogueCommand => ({
  kind: 'create',
  fields: fields(changes),
  ...(productID !== undefined && { productID }),
});
const nothing = { barcode: null, image: null, price: null, reorderPoint: null };

describe('creating a product', () => {
  test('gives it the number after the largest, and only the fields that were given', () => {
    const created = decide(create({ name: 'Cup', sku: 'C' }));
    const said = { productID: 10, name: 'Cup', sku: 'C', retired: false };
    expect(created).toEqual({ ...said, ...nothing, reorderQuantity: null, reorderPoints: null });
  });

  test('gives an empty shop number 1', () => {
    expect(decideOn([], create(), 0)).toMatchObject({ productID: 1 });
  });

  test('takes the number that is asked for, even below the largest', () => {
    expect(decide(create({}, 7))).toMatchObject({ productID: 7 });
  });

  test('takes the number of a retired product, and none of its fields', () => {
    expect(decide(create({ name: 'Cup' }, 3))).toEqual({
      productID: 3,
      ...fields({ name: 'Cup' }),
      reorderPoints: null,
      retired: false,
    });
  });

  test('is refused if the number is taken', () => {
    expect(decide(create({}, 1))).toEqual({ refusal: 'product-exists', productID: 1 });
  });

  test('is refused if no number is left', () => {
    expect(decideOn([], create(), PRODUCT_ID_MAX - 1)).toMatchObject({ productID: PRODUCT_ID_MAX });
    expect(decideOn([], create(), PRODUCT_ID_MAX)).toEqual({ refusal: 'catalogue-full' });
  });
});

describe('putting a product', () => {
  const put = (productID: number, changes: Partial<ProductRevision> = {}): CatalogueCommand => ({
    kind: 'put',
    productID,
    fields: { name: 'Cup', ...changes },
  });

  test('creates a product that was not there, without further fields', () => {
    expect(decide(put(8))).toEqual({
      productID: 8,
      ...fields({ name: 'Cup' }),
      reorderPoints: null,
      retired: false,
    });
  });

  test('changes the given fields of a product that was there, and keeps the others', () => {
    expect(decide(put(1, { barcode: null }))).toMatchObject({
      name: 'Cup',
      sku: 'A',
      barcode: null,
      price: 45_000,
    });
  });

  test('brings a retired product back, unless another has taken its code meanwhile', () => {
    const taken = { refusal: 'code-taken', productID: 3, field: 'sku', code: 'A', holder: 1 };
    expect(decide(put(3))).toEqual(taken);
    expect(decide(put(3, { sku: 'C' }))).toMatchObject({ sku: 'C', image: 'i', retired: false });
  });

  test('is refused if the product was revised after the revision it was decided on', () => {
    const stale = { refusal: 'stale-revision', productID: 1, revision: 4, line: 9 };
    expect(decide({ ...put(1), asOf: 3, line: 9 } as CatalogueCommand)).toEqual(stale);
    for (const asOf of [4, 9]) {
      const command = { ...put(1), asOf } as CatalogueCommand;
      expect(decide(command)).toMatchObject({ productID: 1, name: 'Cup' });
    }
    expect(decide({ ...put(8), asOf: 0 } as CatalogueCommand)).toMatchObject({ productID: 8 });
  });
});

test('a refusal of a command from a file names its line', () => {
  const command = { ...create({ sku: 'A' }), line: 5 } as CatalogueCommand;
  expect(decide(command)).toMatchObject({ refusal: 'code-taken', holder: 1, line: 5 });
});

describe('revising a product', () => {
  const revise = (
    productID: number,
    changes: Partial<ProductRevision>,
    expectedRevisions?: readonly number[] | 'any',
  ): CatalogueCommand => ({ kind: 'revise', productID, fields: changes, expectedRevisions });

  test('changes the given fields, and keeps the others', () => {
    const {
      revision: _revision,
      revisedAt: _revisedAt,
      actor: _actor,
      turnMark: _turnMark,
      ...rest
    } = tea;
    expect(decide(revise(1, { price: null }))).toEqual({ ...rest, price: null });
    expect(decide(revise(1, {}))).toEqual(rest);
  });

  test('is refused if the catalogue never had it', () => {
    const unlisted = { refusal: 'unlisted-product', productID: 8 };
    expect(decide(revise(8, { name: 'Cup' }))).toEqual(unlisted);
    expect(decide(revise(8, { name: 'Cup' }, 'any'))).toEqual(unlisted);
  });

  test('is refused if another revision is expected, before any code is checked', () => {
    const stale = { refusal: 'stale-revision', productID: 1, revision: 4 };
    expect(decide(revise(1, { sku: 'B' }, [3, 5]))).toEqual(stale);
    expect(decide(revise(1, { name: 'Cup' }, []))).toEqual(stale);
    expect(decide(revise(1, { name: 'Cup' }, [3, 4]))).toMatchObject({ name: 'Cup' });
    expect(decide(revise(1, { name: 'Cup' }, 'any'))).toMatchObject({ name: 'Cup' });
  });

  test('brings a retired product back, unless another has taken its code meanwhile', () => {
    const taken = { refusal: 'code-taken', productID: 3, field: 'sku', code: 'A', holder: 1 };
    expect(decide(revise(3, { name: 'Pot' }))).toEqual(taken);
    expect(decide(revise(3, { sku: null }))).toMatchObject({ sku: null, retired: false });
  });

  test.each([
    [{ sku: 'B' }, { field: 'sku', code: 'B', holder: 2 }],
    [{ barcode: '222' }, { field: 'barcode', code: '222', holder: 2 }],
    [
      { sku: 'B', barcode: '222' },
      { field: 'sku', code: 'B', holder: 2 },
    ],
  ])('is refused where another product has %p', (changes, which) => {
    expect(decide(revise(1, changes))).toEqual({ refusal: 'code-taken', productID: 1, ...which });
  });
});

describe('a code that is written differently', () => {
  const upc = revision(5, { productID: 4, sku: 'Café-1', barcode: '049634068141' });

  test.each([
    ['sku', 'CAFÉ-1', 'Café-1'],
    ['sku', 'cafe\u0301-1', 'Café-1'],
    ['barcode', '0049634068141', '049634068141'],
    ['barcode', '00049634068141', '049634068141'],
  ])('is another product’s all the same: %s %s', (field, code, holderCode) => {
    const taken = { refusal: 'code-taken', productID: 10, field, code, holder: 4, holderCode };
    expect(decideOn([upc], create({ [field]: code }))).toEqual(taken);
    expect(
      decideOn([upc], { kind: 'revise', productID: 4, fields: { [field]: code } }),
    ).toMatchObject({ productID: 4, [field]: code });
  });

  test.each([
    [{ barcode: 'cafe\u0301-1' }, { field: 'barcode', holderField: 'sku', holderCode: 'Café-1' }],
    [
      { sku: '0049634068141' },
      { field: 'sku', holderField: 'barcode', holderCode: '049634068141' },
    ],
    [
      { sku: '049634068141', barcode: '1' },
      { field: 'sku', holderField: 'barcode' },
    ],
  ])('is another product’s in whichever field: %j', (fields, which) => {
    const code = Object.values(fields)[0];
    const taken = { refusal: 'code-taken', productID: 10, code, holder: 4, ...which };
    expect(decideOn([upc], create(fields))).toEqual(taken);
    expect(decideOn([{ ...upc, retired: true }], create(fields))).toMatchObject(fields);
  });

  test('may be in both fields of one product, and move from one to the other', () => {
    expect(decideOn([upc], create({ sku: 'x', barcode: 'X' }))).toMatchObject({ barcode: 'X' });
    const swapped = { sku: '049634068141', barcode: 'Café-1' };
    expect(decideOn([upc], { kind: 'revise', productID: 4, fields: swapped })).toMatchObject(
      swapped,
    );
  });

  test('may stay if an older ledger has it in the other field of another product', () => {
    const old = [
      revision(1, { productID: 1, sku: 'A-1' }),
      revision(2, { productID: 2, barcode: 'A-1' }),
    ];
    for (const [productID, fields] of [
      [1, { sku: 'A-1', price: 5 }],
      [2, { barcode: 'A-1', price: 5 }],
    ] as const) {
      expect(decideOn(old, { kind: 'revise', productID, fields })).toMatchObject(fields);
      const put = { kind: 'put', productID, fields: { name: 'Cup', ...fields } } as const;
      expect(decideOn(old, put)).toMatchObject(fields);
    }
    expect(
      decideOn(old, { kind: 'revise', productID: 1, fields: { barcode: 'A-1' } }),
    ).toMatchObject({ refusal: 'code-taken', holder: 2 });
  });

  test('may stay if an older ledger has it twice, and be given up, but not taken again', () => {
    const old = [
      revision(1, { productID: 1, sku: 'ab-1' }),
      revision(2, { productID: 2, sku: 'AB-1' }),
    ];
    const revise = (fields: Partial<ProductRevision>, productID = 1): CatalogueCommand => ({
      kind: 'revise',
      productID,
      fields,
    });
    expect(decideOn(old, revise({ price: 5 }))).toMatchObject({ sku: 'ab-1', price: 5 });
    expect(decideOn(old, revise({ sku: 'ab-1', price: 5 }))).toMatchObject({ sku: 'ab-1' });
    expect(decideOn(old, revise({ sku: 'x' }))).toMatchObject({ sku: 'x' });
    expect(decideOn(old, revise({ sku: 'Ab-1' }))).toMatchObject({ refusal: 'code-taken' });
    const retired = [{ ...(old[0] as ProductRevision), retired: true }, old[1] as ProductRevision];
    expect(decideOn(retired, revise({ price: 5 }))).toMatchObject({
      refusal: 'code-taken',
      holder: 2,
    });
  });
});

describe('retiring a product', () => {
  const retire = (productID: number): CatalogueCommand => ({ kind: 'retire', productID });

  test('keeps all its fields', () => {
    expect(decide(retire(1))).toMatchObject({
      name: 'Tea',
      sku: 'A',
      price: 45_000,
      retired: true,
    });
  });

  test('is refused if the catalogue does not have it, or has it as retired', () => {
    expect(decide(retire(8))).toEqual({ refusal: 'unlisted-product', productID: 8 });
    expect(decide(retire(3))).toEqual({ refusal: 'unlisted-product', productID: 3 });
  });
});

import { Catalogue } from '../../app/ledger/catalogue';
import { isSameRevision } from '../../app/ledger/product';
import { revision } from './products';

describe('a catalogue', () => {
  test('is exact as of the last revision, with its revisions in any order', () => {
    const catalogue = new Catalogue([
      revision(9, { productID: 2, sku: 'A' }),
      revision(4, { productID: 10 }),
    ]);
    expect(catalogue.last?.revision).toBe(9);
    expect(catalogue.all().map(({ productID }) => productID)).toEqual([2, 10]);
    expect(catalogue.largestProductID).toBe(10);
  });

  test('has nothing if it is empty', () => {
    const catalogue = new Catalogue();
    expect(catalogue.last).toBeNull();
    expect(catalogue.all()).toEqual([]);
    expect(catalogue.get(1)).toBeUndefined();
    expect(catalogue.largestProductID).toBe(0);
  });

  test('folds new revisions, and skips those that it has', () => {
    const catalogue = new Catalogue([revision(3, { name: 'Tea' })]);
    catalogue.fold([revision(2, { name: 'old' }), revision(3, { name: 'another' })]);
    expect(catalogue.get(1)?.name).toBe('Tea');
    catalogue.fold([revision(4, { name: 'Green tea' }), revision(5, { productID: 3 })]);
    expect(catalogue.get(1)?.name).toBe('Green tea');
    expect(catalogue.all().map(({ productID }) => productID)).toEqual([1, 3]);
  });

  test('lists retired products, too: they are no longer sold, but still known', () => {
    const catalogue = new Catalogue([revision(1, { retired: true })]);
    expect(catalogue.all()).toMatchObject([{ retired: true }]);
  });
});

describe.each(['sku', 'barcode'] as const)('a %s', (field) => {
  const other = field === 'sku' ? 'barcode' : 'sku';

  test('belongs to its product in this field only, by the rule for codes', () => {
    const catalogue = new Catalogue([revision(1, { [field]: 'A' })]);
    expect(catalogue.holderOf(field, 'A')).toBe(1);
    expect(catalogue.holderOf(other, 'A')).toBeUndefined();
    expect(catalogue.holderOf(field, 'a ')).toBe(1);
    expect(catalogue.holderOf(field, 'B')).toBeUndefined();
    catalogue.fold([revision(2, { productID: 2, [field]: '049634068141' })]);
    expect(catalogue.holderOf(field, '0049634068141')).toBe(2);
    catalogue.fold([revision(3, { productID: 2, [field]: null })]);
    expect(catalogue.holderOf(field, '049634068141')).toBeUndefined();
  });

  describe('that two products have, in a ledger from before the rule for codes,', () => {
    const old = () =>
      new Catalogue([
        revision(1, { productID: 7, [field]: 'ab-1' }),
        revision(2, { productID: 2, [field]: 'AB-1' }),
      ]);

    test('is each one’s as it writes it, and nobody’s otherwise', () => {
      const catalogue = old();
      expect(catalogue.holdersOf(field, 'ab-1')).toEqual([7]);
      expect(catalogue.holdersOf(field, 'AB-1')).toEqual([2]);
      expect(catalogue.holdersOf(field, 'Ab-1')).toEqual([2, 7]);
      expect(catalogue.holderOf(field, 'Ab-1')).toBeUndefined();
    });

    test('stays with one product if the other gives it up, in a layer, too', () => {
      const catalogue = old();
      const layer = catalogue.layer();
      layer.fold([revision(3, { productID: 2, [field]: null })]);
      expect(layer.holdersOf(field, 'AB-1')).toEqual([7]);
      layer.fold([revision(4, { productID: 7, retired: true, [field]: 'ab-1' })]);
      expect(layer.holdersOf(field, 'AB-1')).toEqual([]);
      expect(catalogue.holdersOf(field, 'Ab-1')).toEqual([2, 7]);
      catalogue.fold([revision(3, { productID: 7, [field]: 'AB-1' })]);
      expect(catalogue.holdersOf(field, 'AB-1')).toEqual([2, 7]);
    });
  });

  test('is released by a revision without it, and by retirement', () => {
    const catalogue = new Catalogue([revision(1, { [field]: 'A' })]);
    catalogue.fold([revision(2, { [field]: 'B' })]);
    expect(catalogue.holderOf(field, 'A')).toBeUndefined();
    expect(catalogue.holderOf(field, 'B')).toBe(1);
    catalogue.fold([revision(3, { [field]: 'B', retired: true })]);
    expect(catalogue.holderOf(field, 'B')).toBeUndefined();
  });

  test('that was released and taken stays with its new holder when the old one changes', () => {
    const catalogue = new Catalogue([revision(1, { [field]: 'A', retired: true })]);
    catalogue.fold([
      revision(2, { productID: 2, [field]: 'A' }),
      revision(3, { name: 'Retired again', [field]: 'A', retired: true }),
    ]);
    expect(catalogue.holderOf(field, 'A')).toBe(2);
  });

  test('is kept by a revision that still has it', () => {
    const catalogue = new Catalogue([revision(1, { [field]: 'A' })]);
    catalogue.fold([revision(2, { name: 'Green tea', [field]: 'A' })]);
    expect(catalogue.holderOf(field, 'A')).toBe(1);
  });

  describe('in a layer', () => {
    const below = () => new Catalogue([revision(1, { [field]: 'A' })]);

    test('is held as below', () => {
      expect(below().layer().layer().holderOf(field, 'A')).toBe(1);
    });

    test('is released, then taken by another, and stays with its holder below', () => {
      const catalogue = below();
      const layer = catalogue.layer();
      layer.fold([revision(2, { retired: true, [field]: 'A' })]);
      expect(layer.holderOf(field, 'A')).toBeUndefined();
      expect(layer.layer().holderOf(field, 'A')).toBeUndefined();
      layer.fold([revision(3, { productID: 2, [field]: 'A' })]);
      expect(layer.holderOf(field, 'A')).toBe(2);
      expect(layer.layer().holderOf(field, 'A')).toBe(2);
      expect(catalogue.holderOf(field, 'A')).toBe(1);
    });
  });
});

describe('a layer', () => {
  test('begins as the catalogue below it, and does not change that', () => {
    const catalogue = new Catalogue([revision(3, { productID: 5, name: 'Tea' })]);
    const layer = catalogue.layer();
    expect(layer.last?.revision).toBe(3);
    expect(layer.get(5)?.name).toBe('Tea');
    expect(layer.largestProductID).toBe(5);
    layer.fold([revision(4, { productID: 5, name: 'Mug' }), revision(5, { productID: 9 })]);
    expect(layer.layer().get(5)?.name).toBe('Mug');
    expect(layer.layer().largestProductID).toBe(9);
    expect(catalogue.get(5)?.name).toBe('Tea');
    expect(catalogue.last?.revision).toBe(3);
    expect(catalogue.largestProductID).toBe(5);
  });
});

describe('two revisions with one number', () => {
  const known = revision(3);

  test('are the same if all that identifies them is the same', () => {
    expect(isSameRevision(known, { ...known, revisedAt: new Date(0) })).toBe(true);
  });

  test.each([
    { revision: 4 },
    { turnMark: 8 },
    { turnMark: null },
    { productID: 2 },
    { name: 'Mug' },
  ])('are not where they differ by %p', (difference) => {
    expect(isSameRevision(known, { ...known, ...difference })).toBe(false);
  });
});

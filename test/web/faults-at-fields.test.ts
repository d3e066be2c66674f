import { fieldFaults, readFields, valuesOf } from '../../app/web/catalogue/form-fields';
import { inputFaults } from '../../app/web/change/field-faults';
import { type ProblemAnswer, type ProblemType, problemURI } from '../../app/wire/problem';

function problem(type: ProblemType, members: object = {}): ProblemAnswer {
  return { type: problemURI(type), title: '', status: 400, detail: '', ...members };
}

describe('a change that is refused says at its inputs', () => {
  test.each([
    ['availableQuantity', 'must be a whole number', 'quantity', /^Type a whole number up to/],
    ['quantityChange', 'must not be 0', 'quantity', /^Type a whole number/],
    ['quantity', 'must be a whole number', 'quantity', /^Type a whole number from 1/],
    ['unitPrice', 'must be a price', 'unitPrice', /^Type a price/],
    [
      'unitPrice',
      'times quantity must be at most 1',
      'unitPrice',
      /^Price times units is too much/,
    ],
    ['reference', 'must be text', 'reference', /^Write one line/],
    ['saleRecord', 'must be a whole number', 'sale', /^Choose another sale/],
  ])('that %s %s', (field, detail, input, words) => {
    const faults = inputFaults(problem('invalid-request', { errors: [{ field, detail }] }));
    expect([...faults]).toEqual([[input, expect.stringMatching(words)]]);
  });

  test('how much of a sale can still be returned, and that there is no such sale', () => {
    const exceeds = problem('return-exceeds-sale', { returnableQuantity: 2 });
    expect(inputFaults(exceeds).get('sale')).toMatch(/^Of this sale 2 can still be returned/);
    expect(inputFaults(problem('unknown-sale')).get('sale')).toMatch(/no such sale/);
  });

  test('no fault that is about no input', () => {
    const errors = [{ field: 'productID', detail: 'must be a whole number' }];
    expect(inputFaults(problem('invalid-request', { errors })).size).toBe(0);
    expect(inputFaults(problem('insufficient-stock', { availableQuantity: 3 })).size).toBe(0);
  });
});

describe('a product', () => {
  const values = { ...valuesOf(undefined), name: 'Tamper' };

  test('is sent in plain digits', () => {
    const typed = { ...values, price: '1,234.50', reorderPoint: '٤٨', reorderQuantity: '' };
    const names = ['name', 'price', 'reorderPoint', 'reorderQuantity'] as const;
    expect(readFields(typed, names, () => false)).toEqual({
      fields: { name: 'Tamper', price: '1234.50', reorderPoint: '48', reorderQuantity: '' },
      faults: new Map(),
    });
  });

  test.each([
    ['name', ' ', /^Type a name/],
    ['sku', 'x'.repeat(65), /^Type up to 64/],
    ['price', 'cheap', /^Type a price/],
    ['price', '1.23456', /at most 4 decimals/],
    ['price', '96385074', /looks like a barcode/],
    ['reorderPoint', '1.5', /^Type a whole number/],
    ['reorderPoint', '4006381333931', /looks like a barcode/],
    ['reorderQuantity', '9999999999', /^Type a whole number up to/],
    ['image', 'picture.png', /^Type an address/],
  ] as const)('whose %s is "%s" is not sent', (name, typed, words) => {
    const { fields, faults } = readFields({ ...values, [name]: typed }, [name], () => false);
    expect(fields).toEqual({});
    expect(faults.get(name)).toMatch(words);
  });

  test('that is refused says at its inputs what to type, who has its code, and what a spreadsheet did', () => {
    const errors = [
      { field: 'price', detail: 'must be a price' },
      { field: 'barcode', detail: 'is what a spreadsheet made of a code' },
    ];
    expect([...fieldFaults(problem('invalid-request', { errors }))]).toEqual([
      ['price', expect.stringMatching(/^Type a price/)],
      ['barcode', 'It is what a spreadsheet made of a code.'],
    ]);
    const taken = problem('code-taken', { field: 'sku', holder: 2 });
    expect([...fieldFaults(taken)]).toEqual([['sku', 'Product 2 has it already.']]);
    for (const [field, holderField, as] of [
      ['sku', 'barcode', 'barcode'],
      ['barcode', 'sku', 'SKU'],
    ] as const) {
      const faults = fieldFaults(problem('code-taken', { field, holder: 2, holderField }));
      expect([...faults]).toEqual([[field, `Product 2 has it as its ${as}.`]]);
    }
  });
});

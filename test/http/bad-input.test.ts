import { expectFaults, expectProblem } from './problem-answer';
import { useSharedService } from './service';
import { ENCODINGS, type Field, json, post } from './wire';

/** Texts that are no whole number in plain digits, for any field. */
const NO_WHOLE_NUMBERS: Readonly<Record<string, string>> = {
  empty: '',
  negative: '-1',
  'negative zero': '-0',
  signed: '+5',
  fractional: '1.5',
  'fractional, though whole': '1.0',
  'ending in a point': '5.',
  hexadecimal: '0x10',
  octal: '0o7',
  binary: '0b1',
  exponent: '1e2',
  'leading zero': '01',
  zeros: '00',
  'Arabic-Indic digit': '\u0665',
  'fullwidth digit': '\uff15',
  'superscript digit': '\u00b2',
  NaN: 'NaN',
  Infinity: 'Infinity',
  'a word': 'five',
  null: 'null',
  'leading space': ' 5',
  'trailing space': '5 ',
  'a space alone': ' ',
  'trailing newline': '5\n',
  'trailing NUL': '5\0',
  'zero-width space': '5\u200b',
  'digit groups': '1,000',
  underscores: '1_000',
  'a BigInt literal': '5n',
  'two numbers': '5 5',
  'two numbers in two lines': '5\n5',
  'beyond 2^53': '9007199254740993',
  'beyond 2^64': '18446744073709551616',
  'a thousand digits': '9'.repeat(1_000),
  SQL: '1; DELETE FROM inventory',
};

const PRODUCT_IDS = { ...NO_WHOLE_NUMBERS, 'under its range': '0', 'over its range': '4294967296' };
const QUANTITIES = { ...NO_WHOLE_NUMBERS, 'over its range': '2147483648' };
const PRICES = {
  empty: '',
  negative: '-1',
  signed: '+1',
  exponent: '1e2',
  hexadecimal: '0x1',
  'leading zero': '01.50',
  'without units': '.5',
  'ending in a point': '5.',
  'with five decimals': '1.00000',
  'over its range': '1000000000',
  'with a decimal comma': '1,50',
  'with a currency': '$1.50',
  'Arabic-Indic digit': '\u0665',
  'fullwidth digit': '\uff15',
  NaN: 'NaN',
  'leading space': ' 1',
  'trailing newline': '1.5\n',
};

/** Names that mean something elsewhere: to JavaScript or to a form parser, or that are slips of real names. */
const UNKNOWN_NAMES = [
  'colour',
  'productid',
  'productID ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'record',
  'a.b',
  'productID[]',
  'productID[0]',
  'items[0]',
  'items[200000000]',
  'a[b][c][d][e][f]',
  'a[b',
  '__proto__[productID]',
];

/** What is due at each path. */
const COUNT = { productID: '1', availableQuantity: '5' };
const SALE = { productID: '1', quantity: '1', unitPrice: '4.50' };

/** What nobody can send but in JSON; `=> '5'` would be right. */
const NO_JSON_NUMBERS = '-0 -1 1e2 1E0 1.0 1.5 true false null {} [] [5] ["5"] {"productID":1}';

describe.each(Object.entries(ENCODINGS))('%s', (encoding, encode) => {
  const service = useSharedService();

  const postFields = (path: string, fields: readonly Field[]) =>
    post(service.port, path, encode(fields));
  const replaced = (fields: Readonly<Record<string, string>>, name: string, value: string) =>
    Object.entries({ ...fields, [name]: value });

  describe.each([
    ['/inventory', COUNT, 'productID', PRODUCT_IDS],
    ['/inventory', COUNT, 'availableQuantity', QUANTITIES],
    ['/sales', SALE, 'productID', PRODUCT_IDS],
    ['/sales', SALE, 'quantity', { ...QUANTITIES, 'no unit at all': '0' }],
    ['/sales', SALE, 'unitPrice', PRICES],
  ])('POST %s', (path, due, name, values) => {
    test.each(Object.entries(values))(`refuses ${name} if it is %s`, async (_fault, value) => {
      expectFaults(await postFields(path, replaced(due, name, value)), name);
    });
  });

  describe.each([
    ['/inventory', COUNT, ['productID', 'availableQuantity']],
    ['/sales', SALE, ['productID', 'quantity']],
  ])('POST %s', (path, due, required) => {
    const fields: Field[] = Object.entries(due);

    test.each(required)('refuses a missing %s', async (missing) => {
      const others = fields.filter(([name]) => name !== missing);
      expectFaults(await postFields(path, others), missing);
    });

    test.each(Object.keys(due))('refuses a repeated %s', async (name) => {
      const again = due[name as keyof typeof due];
      expectFaults(await postFields(path, [...fields, [name, '7']]), name);
      expectFaults(await postFields(path, [...fields, [name, again]]), name);
      expectFaults(await postFields(path, [[name, '7'], ...fields, [name, again]]), name);
    });

    test.each(UNKNOWN_NAMES)('refuses an unknown field %p', async (name) => {
      expectFaults(await postFields(path, [...fields, [name, '1']]), name);
      expectFaults(await postFields(path, [[name, ''], ...fields]), name);
    });

    test('refuses a field without a name', async () => {
      const answer = await postFields(path, [...fields, ['', '1']]);
      if (encoding === 'multipart') expectProblem(answer, 'malformed-body');
      else expectFaults(answer, '');
    });

    test('names every fault at once', async () => {
      const [first = '', second = ''] = required;
      const faulty: Field[] = [
        [second, '-1'],
        ['colour', 'red'],
        ['size', 'XL'],
      ];
      expectFaults(await postFields(path, faulty), first, second, 'colour', 'size');
    });
  });

  test('after all of it nothing was recorded, and the service answers as ever', async () => {
    expect((await service.ask.get('/readyz')).body).toEqual({ status: 'ready', record: 0 });
    const answer = await postFields('/inventory', Object.entries(COUNT));
    expect(JSON.parse(answer.text)).toMatchObject({ record: 1, availableQuantity: 5 });
    expect(({} as { productID?: unknown }).productID).toBeUndefined();
  });
});

describe('JSON alone', () => {
  const service = useSharedService();

  test.each(NO_JSON_NUMBERS.split(' '))('has no number in %s', async (value) => {
    const body = json(`{"productID":${value},"availableQuantity":${value}}`);
    expectFaults(await post(service.port, '/inventory', body), 'productID', 'availableQuantity');
  });

  test.each(['__proto__', 'constructor'])('has no fields inside %s', async (name) => {
    const inner = '{"productID":"1","availableQuantity":"5"}';
    const answer = await post(service.port, '/inventory', json(`{"${name}":${inner}}`));
    expectFaults(answer, 'productID', 'availableQuantity', name);
  });

  test.each([
    '{"productID":1,"productID":1,"availableQuantity":5}',
    '{"productID":1,"product\\u0049D":1,"availableQuantity":5}',
    '{"productID":1,"productID":null,"availableQuantity":5}',
    '{"productID":1,"productID":2,"productID":3,"availableQuantity":5}',
  ])('has each field once, and not as in %s', async (text) => {
    expectFaults(await post(service.port, '/inventory', json(text)), 'productID');
  });

  test('and none of it was recorded', async () => {
    expect((await service.ask.get('/readyz')).body).toEqual({ status: 'ready', record: 0 });
  });
});

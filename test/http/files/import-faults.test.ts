import { expectProblem } from '../problem-answer';
import { useSharedService } from '../service';
import { csv, upload } from './files';

const service = useSharedService();

/** The faults that a file is refused for; a dry run must tell the same. */
async function faultsOf(file: string | Buffer, path = '/imports/counts') {
  const answer = await upload(service, path, file);
  const { rows, faulty, faults, stopped, notes, detail } = answer.body;
  expectProblem(answer, 'faulty-file', { rows, faulty, faults, stopped, notes });
  const dry = await upload(service, `${path}?dryRun=true`, file);
  expect([dry.status, dry.body]).toEqual([
    200,
    expect.objectContaining({ rows, faulty, faults, stopped, notes }),
  ]);
  expect((await service.ask.get('/records')).body).toEqual([]);
  expect((await service.ask.get('/products')).body).toEqual([]);
  return { rows, faulty, faults, stopped, notes, detail };
}

/** What a dry run says of a file without faults. */
async function readAs(file: string | Buffer, path = '/imports/counts') {
  const { status, body } = await upload(service, `${path}?dryRun=true`, file);
  expect([status, body.faults]).toEqual([200, []]);
  return body;
}

const HEADER = 'productID,availableQuantity,note';
const text = expect.stringMatching(/\w/);
const at = (line: unknown, column: string | null, detail: unknown = text, value?: string | null) =>
  expect.objectContaining({ line, column, detail, ...(value !== undefined && { value }) });
const says = (words: string) => expect.stringContaining(words);

test('every fault of every line is reported, with its row in a spreadsheet and its cell', async () => {
  const file = csv(
    HEADER,
    '1,55,fine',
    '0,-1,',
    '',
    '2,5,"over\r\nthree\r\nlines"',
    '3,,',
    '4',
    '5,5,left, right',
    ',,',
    '6,1e3,x',
    '2,7,again',
  );
  const { faults, faulty, rows } = await faultsOf(file);
  expect([rows, faulty]).toEqual([8, 6]);
  expect(faults).toEqual([
    at(3, 'productID', says('from 1'), '0'),
    at(3, 'availableQuantity', says('from 0'), '-1'),
    at(6, 'availableQuantity', 'is required', ''),
    at(7, 'availableQuantity', 'is required', null),
    at(8, null, says('column 4'), ' right'),
    at(10, 'availableQuantity', says('plain digits'), '1e3'),
    at(11, null, says('line 5'), null),
  ]);
});

test.each([
  ['a missing column', csv('productID,note', '1,x'), at(1, 'availableQuantity', says('missing'))],
  ['no column for the product', csv('available,note', '1,x'), at(1, null, says('barcode'))],
  ['a repeated column', csv(`${HEADER},Notes`, '1,5,a,b'), at(1, 'Notes', says('"note"'))],
  ['no header', csv('1,55', '2,5'), at(1, null, says('must name the columns, and says "1", "55"'))],
  ['a column without a name', csv('productID,availableQuantity,', '1,5,7'), at(2, null, says('3'))],
  ['nothing in it', '', at(1, null, says('empty'))],
  ['a byte order mark alone', '\ufeff', at(1, null, says('empty'))],
  ['empty lines alone', '\r\n\r\n', at(1, null, says('empty'))],
  ['a header alone', csv(HEADER), at(2, null, says('header'))],
  [
    'a quote that is not closed',
    csv(HEADER, '1,5,x', '2,5,"x', '3,5,x'),
    at(3, null, says('quote')),
  ],
  ['a quote within a cell', csv(HEADER, '', '1,5,x"y'), at(3, null, says('quote'))],
  ['text after a quote', csv(HEADER, '1,5,"x"y'), at(2, null, says('quote'))],
  ['an endless line', csv(HEADER, `1,5,${'x'.repeat(100_000)}`), at(2, null, says('bytes'))],
  ['an endless first line', 'x'.repeat(200_000), at(1, null, says('bytes'))],
  ['two texts of one line', csv(HEADER, '1,5,a', 'nonsense'), at(3, 'productID', text, 'nonsense')],
  [
    'an error of the spreadsheet',
    csv(HEADER, '1,5,#REF!'),
    at(2, 'note', says('spreadsheet shows')),
  ],
  [
    'a comma that may be of thousands',
    csv(HEADER, '1,"1,234",'),
    at(2, 'availableQuantity', says('1234')),
  ],
  ['a half', csv(HEADER, '1,"1,5",'), at(2, 'availableQuantity', says('whole number'))],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), at(1, null)],
])('a file with %s is refused', async (_name, file, fault) => {
  const { faults } = await faultsOf(file);
  expect(faults).toContainEqual(fault);
});

test.each([
  ['an empty file', '', 'line 1 is missing: the file is empty.'],
  [
    'a header alone',
    csv(HEADER),
    'line 2 is missing: the file has a header, and nothing below it.',
  ],
  ['no header', csv('1,55'), 'line 1 must name the columns'],
])(
  'the fault of %s is described in words, and not as "1 of 0 lines"',
  async (_name, file, words) => {
    const { detail } = await faultsOf(file);
    expect(detail).toContain(words);
    expect(detail).not.toMatch(/\d+ of \d+|lines? (is|are) faulty/);
  },
);

test.each([
  ['UTF-8 that is cut off', Buffer.from(`${csv(HEADER, '1,5,\u00e4')}2,5,\u00e9`).subarray(0, -1)],
  [
    'Latin-1 after UTF-8',
    Buffer.concat([Buffer.from(csv(HEADER, '1,5,\u00e4')), Buffer.from('2,5,\xe9', 'latin1')]),
  ],
  [
    'UTF-8 after Latin-1',
    Buffer.concat([Buffer.from(csv(HEADER, '1,5,\xe9'), 'latin1'), Buffer.from('2,5,\u00e9')]),
  ],
  [
    'what Windows-1252 has no character for',
    Buffer.from(csv(HEADER, '1,5,\xe9', '2,5,\x81'), 'latin1'),
  ],
])('text in two encodings is named, and not replaced: %s', async (_name, file) => {
  expect((await faultsOf(file)).faults).toEqual([at(3, 'note', says('is not in'), null)]);
});

test('half of a character in UTF-16 is named by its row', async () => {
  const file = Buffer.from(`\ufeff${csv(HEADER, '1,5,x', '2,5,\ud83d')}`, 'utf16le');
  expect((await faultsOf(file)).faults).toEqual([at(3, null, says('surrogate'))]);
});

test('a line that breaks the file is reported after the faults before it', async () => {
  const { faults } = await faultsOf(csv(HEADER, 'x,5,', '2,5,"x"y', 'y,5,'));
  expect(faults).toEqual([at(2, 'productID'), at(3, null)]);
});

test('reading a file stops at its first thousand faults, and the answer says so', async () => {
  const lines = Array.from({ length: 100_000 }, () => 'x,x,');
  const { faults, faulty, rows, stopped, detail } = await faultsOf(csv(HEADER, ...lines));
  expect([faults.length, faulty, rows, stopped]).toEqual([1_000, 500, 500, true]);
  expect(detail).toContain('the first 1000 faults, up to line 501: correct these first');
});

test('faults against the ledger stop at a thousand, too', async () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => `SKU-${index},5`);
  const { faults, stopped } = await faultsOf(csv('sku,availableQuantity', ...lines));
  expect([faults.length, stopped]).toEqual([1_000, true]);
});

test('a file may have 100000 lines, and no more', async () => {
  const lines = Array.from({ length: 100_001 }, (_, index) => `${index + 1},5,`);
  const dry = (file: string) => upload(service, '/imports/counts?dryRun=true', file);
  const answer = await dry(csv(HEADER, ...lines.slice(0, 100_000)));
  expect(answer.body).toMatchObject({ rows: 100_000, faults: [], faulty: 0 });
  expect(answer.body.lines).toHaveLength(1_000);
  expect((await dry(csv(HEADER, ...lines))).body).toMatchObject({
    rows: 100_000,
    faults: [at(100_002, null, says('100000'))],
    faulty: 1,
  });
});

test.each([
  [',\n', 8_000_000],
  ['\n', 16_000_000],
])('millions of empty rows (%j) are not all read', async (row, count) => {
  const file = Buffer.concat([Buffer.from(csv(HEADER, '1,5,')), Buffer.alloc(count, row)]);
  const { body } = await upload(service, '/imports/counts?dryRun=true', file);
  expect(body.faults).toEqual([at(expect.any(Number), null, says('200000 rows'))]);
  expect(body.faults[0].line).toBeLessThan(202_000);
});

test('products are held to what POST /products takes', async () => {
  const file = csv(
    'productID,name,sku,barcode,image,price,reorderPoint,reorderQuantity',
    `1,,${'x'.repeat(65)},"a\nb",ftp://x,"4,505,1",-1,1.5`,
  );
  const { faults } = await faultsOf(file, '/imports/products');
  expect(faults.map(({ column }: { column: string }) => column).sort()).toEqual(
    ['name', 'sku', 'barcode', 'image', 'price', 'reorderPoint', 'reorderQuantity'].sort(),
  );
});

test('names that mean something to JavaScript are columns like any other', async () => {
  const file = csv('productID,availableQuantity,__proto__,constructor,toString', '1,5,a,b,c');
  expect((await readAs(file)).notes).toEqual([says('__proto__, constructor, toString')]);
});

describe('a file of a spreadsheet is accepted', () => {
  const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  test.each<[string, string | Buffer]>([
    ['with semicolons', 'productID;availableQuantity;note\r\n1;5;"a;b"\r\n'],
    ['with semicolons, and commas in it', 'productID;availableQuantity;note\r\n1;5;a,b\r\n'],
    ['with tabs', 'productID\tavailableQuantity\tnote\r\n1\t5\ta,b;c\r\n'],
    ['with a line that tells its separator', 'sep=;\r\nproductID;availableQuantity\r\n1;5\r\n'],
    ['with such a line, filled up', 'sep=;;;\nproductID;availableQuantity;note\n1;5;\n'],
    ['with a tab in letters in such a line', 'sep=\\t\nproductID\tavailableQuantity\n1\t5\n'],
    ['with such a line, in quotes', '"sep=;"\nproductID;availableQuantity\n1;5\n'],
    ['with a mark and such a line', '\ufeffsep=\t\nproductID\tavailableQuantity\n1\t5\n'],
    ['with a byte order mark', '\ufeffproductID,availableQuantity\r\n1,5\r\n'],
    ['with a byte order mark and quotes', '\ufeff"productID","availableQuantity"\r\n"1","5"\r\n'],
    ['with LF', 'productID,availableQuantity\n1,5\n'],
    ['with CR', 'productID,availableQuantity\r1,5\r'],
    ['without an end to its last line', 'productID,availableQuantity\r\n1,5'],
    ['with empty lines at its beginning', '\r\n\r\nproductID;availableQuantity\r\n1;5\r\n'],
    ['with empty lines at its end', 'productID,availableQuantity\r\n1,5\r\n\r\n,\r\n , \r\n'],
    ['with empty columns at its end', 'productID,availableQuantity,,,\r\n1,5,,,\r\n'],
    ['with more empty cells than columns', 'productID,availableQuantity\r\n1,5,,,\r\n'],
    ['with rows that end early', 'productID,availableQuantity,reference,note\r\n1,5\r\n'],
    ['with spaces around the names', ' productID , availableQuantity \r\n1,5\r\n'],
    ['with names in any case', 'PRODUCT ID,available_quantity\r\n1,5\r\n'],
    ['with the words of the page', 'Product,Available\r\n1,5\r\n'],
    ['with spaces around the numbers', 'productID,availableQuantity\r\n1 ,\u00a05\r\n'],
    ['with decimals that say nothing', 'productID;availableQuantity\r\n1,0;5,00\r\n'],
    ['with a guarded cell', "productID,availableQuantity,note\r\n1,5,'=1\r\n"],
    [
      'in UTF-16, as "Unicode text" is',
      Buffer.from('\ufeffProduct\tAvailable\tNote\r\n1\t5\tK\u00e4se\r\n', 'utf16le'),
    ],
    ['in UTF-16, big end first', utf16be('productID,availableQuantity\r\n1,5\r\n')],
    ['in UTF-16 without a mark', Buffer.from('productID,availableQuantity\r\n1,5\r\n', 'utf16le')],
  ])('%s', async (_name, file) => {
    const { rows, lines } = await readAs(file);
    expect(rows).toBe(1);
    expect(lines).toMatchObject([{ productID: 1, countedQuantity: 5 }]);
  });
});

test('a file in Windows-1252 is read as such, with a note', async () => {
  const file = Buffer.from(
    csv('productID,name,price', '1,K\xe4se \x80 \x93x\x94,"18,90"'),
    'latin1',
  );
  const { notes, lines } = await readAs(file, '/imports/products');
  expect(notes).toEqual(['The file was read as Windows-1252.']);
  expect(lines[0].name).toBe('K\u00e4se \u20ac \u201cx\u201d');
});

test('columns that mean nothing here are named, and left out', async () => {
  const { notes, lines } = await readAs(
    csv('Product,SKU,Colour,Available', 'Beans,,red,5')
      .replace('SKU', 'productID')
      .replace('Beans,,', 'Beans,1,'),
  );
  expect(notes).toEqual(['Columns that are not used: Product, Colour.']);
  expect(lines).toMatchObject([{ productID: 1, countedQuantity: 5 }]);
});

test.each([
  [';', '18,90', '18.9'],
  [';', '18.90', '18.9'],
  [';', '1.234,50', '1234.5'],
  [',', '"1,234.50"', '1234.5'],
  [',', '"18,90"', '18.9'],
  [';', '18,90 \u20ac', '18.9'],
  [',', '$18.90', '18.9'],
  [';', '1 234,5', '1234.5'],
  [';', '0,125', '0.125'],
  [';', '1.234.567', '1234567'],
  [',', '1.234', '1.234'],
])('with %j between cells the price %s is %s', async (between, price, read) => {
  const file = csv(`name${between}price`, `Beans${between}${price}`);
  const { lines } = await readAs(file, '/imports/products');
  expect(lines[0].changes).toContainEqual({ field: 'price', from: null, to: read });
});

test.each([
  [';', '1,234'],
  [',', '"1,234"'],
  [';', '1.234'],
  ['\t', '12.500'],
])('with %j between cells the price %s is not guessed', async (between, price) => {
  const file = csv(`name${between}price`, `Beans${between}${price}`);
  const { faults } = await faultsOf(file, '/imports/products');
  expect(faults).toEqual([at(2, 'price', says('write'), price.replaceAll('"', ''))]);
});

test.each([
  ['barcode', '4.00638E+12'],
  ['barcode', '"4,00638E+12"'],
  ['sku', '1E5'],
  ['SKU', '#N/A'],
])('a %s that a spreadsheet has damaged (%s) is refused', async (column, code) => {
  const file = csv(`productID,name,${column}`, `1,Beans,${code}`);
  const { faults } = await faultsOf(file, '/imports/products');
  expect(faults).toEqual([at(2, column, says('spreadsheet'), code.replaceAll('"', ''))]);
});

test('a line with more cells than a list of products can have is read no further', async () => {
  const line = 'has more than 1000 cells: remove the empty columns';
  for (const [file, at] of [
    [Array.from({ length: 300_000 }, () => 'c').join(), 1],
    [`productID,availableQuantity${','.repeat(300_000)}\n1,5`, 1],
    [`productID,availableQuantity\n1,5${',x'.repeat(300_000)}\n2,5`, 2],
    [`productID,availableQuantity\n1,5${',""'.repeat(300_000)}\n2,5`, 2],
  ] as const) {
    const { faults } = await faultsOf(file);
    expect(faults).toEqual([expect.objectContaining({ line: at, detail: line })]);
  }
});

test('some of many unused columns are named', async () => {
  const many = Array.from({ length: 900 }, (_, index) => `c${index}`).join();
  const { notes } = await readAs(`productID,availableQuantity,${many}\n1,5`);
  expect(notes).toEqual([
    'Columns that are not used: c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 and 890 more.',
  ]);
});

import { strToU8, zipSync } from 'fflate';
import { Unpacked, unzipped } from '../../../app/http/files/unzipped';
import { useSharedService } from '../service';
import { upload } from './files';
import { workbook } from './workbooks';

const service = useSharedService();

async function dry(path: string, file: Buffer) {
  const { status, body } = await upload(service, `${path}?dryRun=true`, file);
  expect(status).toBe(200);
  return body;
}
const says = (words: string) => expect.stringContaining(words);

test('counts of a workbook are read: numbers, text that is a number, formulas by their value', async () => {
  const file = workbook([
    ['Product', 'Available', 'Note', 'Counted on'],
    [1, 5, 'Käse & <Co>', { xml: '<c s="1"><v>46000</v></c>' }],
    [],
    ['2', '7', { xml: '<c s="1"><v>46000</v></c>' }],
    [
      3,
      { xml: '<c><f>A2+A4</f><v>9</v></c>' },
      { xml: '<c t="inlineStr"><is><t>inline</t></is></c>' },
    ],
    ['', '', ''],
  ]);
  const { faults, lines, notes, rows } = await dry('/imports/counts', file);
  expect([faults, rows]).toEqual([[], 3]);
  expect(notes).toEqual(['Columns that are not used: Counted on.']);
  expect(lines).toMatchObject([
    { line: 2, productID: 1, countedQuantity: 5 },
    { line: 4, productID: 2, countedQuantity: 7 },
    { line: 5, productID: 3, countedQuantity: 9 },
  ]);
  const answer = await upload(service, '/imports/counts', file);
  expect([answer.status, answer.body]).toEqual([201, { recorded: 3 }]);
  const { body } = await service.ask.get('/records');
  expect(body.map(({ note }: { note?: string }) => note)).toEqual([
    'Käse & <Co>',
    '2025-12-09',
    'inline',
  ]);
});

test('a barcode that is a number keeps its digits; what a spreadsheet made of a code is refused', async () => {
  const file = workbook([
    ['Name', 'Barcode', 'Price', 'SKU'],
    ['Beans', 4006381333931, 18.9, ''],
    ['Mug', '4.00638E+12', 1.234, ''],
    ['Cup', 1e16, '1,234', ''],
    ['Pot', '', '18,90', { xml: '<c s="1"><v>46000</v></c>' }],
    ['Jug', { xml: '<c t="e"><v>#N/A</v></c>' }, 5, { xml: '<c><f>B9</f></c>' }],
  ]);
  const { faults } = await dry('/imports/products', file);
  expect(faults).toMatchObject([
    { line: 3, column: 'Barcode', detail: says('spreadsheet'), value: '4.00638E+12' },
    { line: 4, column: 'Barcode', detail: says('more digits') },
    { line: 4, column: 'Price', detail: says('1234') },
    { line: 5, column: 'SKU', detail: says('date'), value: '2025-12-09' },
    { line: 6, column: 'Barcode', detail: says('#N/A') },
    { line: 6, column: 'SKU', detail: says('without a value') },
  ]);
  const good = await dry(
    '/imports/products',
    workbook([
      ['Name', 'Barcode', 'Price'],
      ['Beans', 4006381333931, 1.234],
    ]),
  );
  expect(good.lines[0].changes).toEqual([
    { field: 'name', from: null, to: 'Beans' },
    { field: 'barcode', from: null, to: '4006381333931' },
    { field: 'price', from: null, to: '1.234' },
  ]);
});

test('a number counts with the fifteen digits that a spreadsheet shows', async () => {
  const file = workbook([
    ['Name', 'Price', 'Reorder point'],
    ['Beans', 19.99 * 3, 4.999999999999999],
    ['Mug', 0.1 + 0.2, 3.0000000000000004],
    ['Cup', 1.23456, 4.5],
  ]);
  const { faults } = await dry('/imports/products', file);
  expect(faults).toMatchObject([
    { line: 4, column: 'Price', detail: says('four decimals'), value: '1.23456' },
    { line: 4, column: 'Reorder point', detail: says('whole number'), value: '4.5' },
  ]);
  const good = await dry(
    '/imports/products',
    workbook([
      ['Name', 'Price', 'Reorder point'],
      ['Beans', { xml: '<c><v>59.970000000000006</v></c>' }, 4.999999999999999],
    ]),
  );
  expect(good.lines[0].changes).toEqual([
    { field: 'name', from: null, to: 'Beans' },
    { field: 'price', from: null, to: '59.97' },
    { field: 'reorderPoint', from: null, to: '5' },
  ]);
});

const COUNT = [
  ['Product', 'Available'],
  [1, 5],
];

test('rows that a filter hides are read, with a note', async () => {
  const rows = [
    '<row r="1"><c r="A1" t="str"><v>Product</v></c><c r="B1" t="str"><v>Available</v></c></row>',
    '<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2"><v>5</v></c></row>',
  ];
  const sheet = `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`;
  const found = await dry(
    '/imports/counts',
    workbook(COUNT, { 'xl/worksheets/sheet1.xml': sheet }),
  );
  expect(found).toMatchObject({ rows: 1, faults: [] });
  expect(found.notes).toContain(
    'Hidden rows, such as filtered ones, were read as well: 1 of them.',
  );
});

test.each<[string, Buffer, string]>([
  [
    'a zip archive that is no workbook',
    Buffer.from(zipSync({ 'a.txt': strToU8('a') })),
    'no .xlsx workbook',
  ],
  ['a workbook that is cut off', workbook(COUNT).subarray(0, -30), 'cut off'],
  [
    'XML that is broken',
    workbook(COUNT, { 'xl/worksheets/sheet1.xml': '<worksheet><row></c>' }),
    'damaged',
  ],
  [
    'XML that is cut off',
    workbook(COUNT, { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData>' }),
    'damaged',
  ],
  [
    'an entity that stands for more',
    workbook(COUNT, {
      'xl/sharedStrings.xml': '<!DOCTYPE x [<!ENTITY a "aa">]><sst><si><t>&a;</t></si></sst>',
    }),
    'damaged',
  ],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '.xls'],
  ['an empty archive', Buffer.from(zipSync({})), 'a zip archive'],
  ['a text document', Buffer.from(zipSync({ 'word/document.xml': strToU8('a') })), '.docx'],
  [
    'an OpenDocument sheet',
    Buffer.from(
      zipSync({
        mimetype: [strToU8('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
      }),
    ),
    '.ods',
  ],
  ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'a PDF'],
  ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'a picture'],
  ['a packed file', Buffer.from('1f8b0800000000000003', 'hex'), 'an archive'],
  ['a database', Buffer.from('SQLite format 3\0'), 'SQLite'],
  ['what has a NUL in it', Buffer.from('productID,availableQuantity\r\n1,5\0'), 'binary'],
  ['JSON', Buffer.from('[{"productID":1,"availableQuantity":5}]'), 'JSON'],
  ['JSON in lines', Buffer.from('\ufeff {\n  "productID": 1 }'), 'JSON'],
  ['JSON in UTF-16', Buffer.from('\ufeff[[1,5]]', 'utf16le'), 'JSON'],
  ['an empty list', Buffer.from('[]'), 'JSON'],
  ['a web page', Buffer.from('\n<!DOCTYPE html><table>'), 'HTML'],
  ['a table of a web page', Buffer.from('<table><tr><td>productID'), 'HTML'],
  ['XML', Buffer.from('<?xml version="1.0"?><products/>'), 'XML'],
  ['an empty sheet', workbook([]), 'empty'],
  ['a header alone', workbook(COUNT.slice(0, 1)), 'nothing below'],
])('%s is refused with a clear word', async (_name, file, words) => {
  const answer = await upload(service, '/imports/counts', file);
  expect([answer.status, answer.body.type]).toEqual([400, '/problems/faulty-file']);
  expect(answer.body.detail).toContain(words);
});

test('a small file of one endless text is read no further than its bound', async () => {
  const empty = `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>${' '.repeat(5_000_000)}`;
  const file = workbook(COUNT, { 'xl/worksheets/sheet1.xml': empty });
  expect(file.length).toBeLessThan(10_000);
  const { faults } = await dry('/imports/counts', file);
  expect(faults).toMatchObject([{ line: 1, detail: says('has a cell of more than') }]);
});

test('the unpacked parts of a workbook are bounded together', async () => {
  const file = workbook(Array.from({ length: 1_000 }, (_, index) => [index, 5]));
  const read = async (unpacked: Unpacked) => {
    let bytes = 0;
    for await (const part of unzipped(file, 'xl/worksheets/sheet1.xml', unpacked)) {
      bytes += part.length;
    }
    return bytes;
  };
  const bytes = await read(new Unpacked());
  const both = new Unpacked(2 * bytes - 1);
  expect(await read(both)).toBe(bytes);
  await expect(read(both)).rejects.toThrow('unpacks to more');
});

test('a workbook is read no further than its first thousand faults', async () => {
  const file = workbook([
    ['Product', 'Available'],
    ...Array.from({ length: 5_000 }, () => ['x', 'x']),
  ]);
  const { stopped, rows } = await dry('/imports/counts', file);
  expect([stopped, rows]).toEqual([true, 500]);
});

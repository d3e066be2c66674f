import { type LedgerPlace, sqlitePlace } from '../../stores';
import { expectProblem } from '../problem-answer';
import { startService, type TestService } from '../service';
import { csv, upload } from './files';

let place: LedgerPlace;
let service: TestService;
beforeAll(async () => {
  place = await sqlitePlace();
  service = await startService(place.environment);
});
afterAll(async () => {
  await service.close();
  await place.remove();
});

/** The faults that a file of counts is refused for; a dry run must tell the same. */
async function faultsOf(file: string | Buffer, path = '/imports/counts') {
  const answer = await upload(service, path, file);
  const { rows, faulty, faults } = answer.body;
  expectProblem(answer, 'faulty-file', { rows, faulty, faults });
  const dry = await upload(service, `${path}?dryRun=true`, file);
  expect([dry.status, dry.body]).toEqual([200, { rows, faulty, faults }]);
  expect((await service.ask.get('/records')).body).toEqual([]);
  expect((await service.ask.get('/products')).body).toEqual([]);
  return { rows, faulty, faults };
}

const HEADER = 'productID,availableQuantity,note';
const detail = expect.stringMatching(/\w/);
const at = (line: number, column: string | null, text: unknown = detail) => ({
  line,
  column,
  detail: text,
});
const says = (text: string) => expect.stringContaining(text);

test('every fault of every line is told, by the line and column that an editor shows', async () => {
  const file = csv(
    HEADER,
    '1,55,fine',
    '0,-1,',
    '',
    '2,5,"over\r\nthree\r\nlines"',
    '3,,',
    '4,5',
    '5,5,,',
    ',,',
    '6,1e3,x',
    '2,7,again',
  );
  expect(await faultsOf(file)).toEqual({
    rows: 8,
    faulty: 6,
    faults: [
      at(3, 'productID', says('from 1')),
      at(3, 'availableQuantity', says('from 0')),
      at(8, 'availableQuantity', 'is required'),
      at(9, null, 'has 2 cells, and the header 3'),
      at(10, null, 'has 4 cells, and the header 3'),
      at(12, 'availableQuantity', says('plain digits')),
      at(13, 'productID', 'is in line 5 already'),
    ],
  });
});

test.each([
  ['an unknown column', csv('productID,availableQuantity,colour', '1,5,red'), at(1, 'colour')],
  ['a column without a name', csv('productID,availableQuantity,', '1,5,'), at(1, '')],
  ['a missing column', csv('productID,note', '1,x'), at(1, 'availableQuantity', says('missing'))],
  ['a repeated column', csv(`${HEADER},note`, '1,5,a,b'), at(1, 'note', says('once'))],
  ['a column in other letters', csv('productid,availableQuantity', '1,5'), at(1, 'productid')],
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
  ['tabs between columns', csv('productID\tavailableQuantity', '1\t5'), at(1, detail)],
])('a file with %s is refused', async (_name, file, fault) => {
  const { faults } = await faultsOf(file);
  expect(faults).toContainEqual(fault);
});

test.each([
  ['latin1', Buffer.from(csv(HEADER, '1,5,ok', '2,5,caf\u00e9'), 'latin1')],
  ['cut off within a character', Buffer.from(`${csv(HEADER, '1,5,ok')}2,5,é`).subarray(0, -1)],
])('text that is not UTF-8 is named, and not replaced: %s', async (_name, file) => {
  expect((await faultsOf(file)).faults).toEqual([at(3, 'note', 'is not in UTF-8')]);
});

test('UTF-16 is refused', async () => {
  const file = Buffer.from(`\ufeff${csv(HEADER, '1,5,x')}`, 'utf16le');
  expect((await faultsOf(file)).faulty).toBe(1);
});

test('a line that breaks the file is told after the faults before it', async () => {
  const { faults } = await faultsOf(csv(HEADER, 'x,5,', '2,5,"x"y', 'y,5,'));
  expect(faults).toEqual([at(2, 'productID'), at(3, null)]);
});

test('a thousand faults are listed, and all faulty lines counted', async () => {
  const lines = Array.from({ length: 1_500 }, () => 'x,x,');
  const { faults, faulty, rows } = await faultsOf(csv(HEADER, ...lines));
  expect([faults.length, faulty, rows]).toEqual([1_000, 1_500, 1_500]);
});

test('a file may have 100000 lines, and no more', async () => {
  const lines = Array.from({ length: 100_001 }, (_, index) => `${index + 1},5,`);
  const dry = (file: string) => upload(service, '/imports/counts?dryRun=true', file);
  const answer = await dry(csv(HEADER, ...lines.slice(0, 100_000)));
  expect(answer.body).toEqual({ rows: 100_000, faults: [], faulty: 0 });
  expect((await dry(csv(HEADER, ...lines))).body).toEqual({
    rows: 100_000,
    faults: [at(100_002, null, says('100000'))],
    faulty: 1,
  });
});

test('products are held to what POST /products takes', async () => {
  const file = csv(
    'productID,name,sku,barcode,image,price,reorderPoint,reorderQuantity',
    `1,,${'x'.repeat(65)},"a\nb",ftp://x,"4,50",-1,1.5`,
  );
  const { faults } = await faultsOf(file, '/imports/products');
  expect(faults.map(({ column }: { column: string }) => column).sort()).toEqual(
    ['name', 'sku', 'barcode', 'image', 'price', 'reorderPoint', 'reorderQuantity'].sort(),
  );
});

test('names that mean something to JavaScript are columns like any other', async () => {
  const { faults } = await faultsOf(
    csv('productID,availableQuantity,__proto__,constructor', '1,5,,'),
  );
  expect(faults).toEqual([at(1, '__proto__'), at(1, 'constructor')]);
});

describe('a file of a spreadsheet is taken', () => {
  test.each([
    ['with semicolons', 'productID;availableQuantity;note\r\n1;5;"a;b"\r\n'],
    ['with semicolons, and commas in it', 'productID;availableQuantity;note\r\n1;5;a,b\r\n'],
    ['with a byte order mark', '\ufeffproductID,availableQuantity\r\n1,5\r\n'],
    ['with a byte order mark and quotes', '\ufeff"productID","availableQuantity"\r\n"1","5"\r\n'],
    ['with LF', 'productID,availableQuantity\n1,5\n'],
    ['with CR', 'productID,availableQuantity\r1,5\r'],
    ['without an end to its last line', 'productID,availableQuantity\r\n1,5'],
    ['with empty lines at its end', 'productID,availableQuantity\r\n1,5\r\n\r\n,\r\n , \r\n'],
    ['with spaces around the names', ' productID , availableQuantity \r\n1,5\r\n'],
    ['with a guarded cell', "productID,availableQuantity,note\r\n1,5,'=1\r\n"],
  ])('%s', async (_name, file) => {
    const answer = await upload(service, '/imports/counts?dryRun=true', file);
    expect(answer.body).toEqual({ rows: 1, faults: [], faulty: 0 });
  });
});

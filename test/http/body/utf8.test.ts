import { request as ask } from 'node:http';
import { type Answer, expectFaults, expectProblem } from '../problem-answer';
import { useSharedService } from '../service';
import { JSON_TYPE, MULTIPART, multipart, part, send, URLENCODED } from '../wire';

const service = useSharedService();
beforeAll(async () => {
  await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 10 });
});
afterEach(async () => {
  expect((await service.ask.get('/readyz')).body.record).toBe(1);
  expect((await service.ask.get('/products')).body).toEqual([]);
});

/** Sends a body whose characters are its bytes. */
function postBytes(path: string, type: string, bytes: string, method = 'POST'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': type, 'Content-Length': bytes.length };
    const asked = ask(
      { host: '127.0.0.1', port: service.port, method, path, headers },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(Buffer.from(bytes, 'latin1'));
  });
}

/** Latin-1, cut off, too long, half of a character, and beyond Unicode: none is UTF-8. */
const BYTES = ['\xe4', '\xc3', '\xc0\x80', '\xed\xa0\x80', '\xf5\x80\x80\x80', '\xff'];
const escaped = (bytes: string) =>
  [...bytes].map((byte) => `%${byte.charCodeAt(0).toString(16)}`).join('');

describe.each(BYTES)('the bytes %j', (bytes) => {
  const value = `K${bytes}se`;
  const count = (more: string) => `{"productID":1,"availableQuantity":5,${more}}`;

  test.each<[string, string, string, string, string[]]>([
    ['a part', '/products', MULTIPART, multipart(part(['name', value])).text, ['name']],
    [
      'a note',
      '/inventory',
      MULTIPART,
      multipart(part(['productID', '1']), part(['availableQuantity', '5']), part(['note', value]))
        .text,
      ['note'],
    ],
    [
      'a part that says it is UTF-8',
      '/products',
      MULTIPART,
      multipart(part(['name', value], '\r\nContent-Type: text/plain; charset=utf-8')).text,
      ['name'],
    ],
    [
      "a file's name",
      '/products',
      MULTIPART,
      multipart(part(['name', 'Cup'], `; filename="${value}"`)).text,
      ['name'],
    ],
    ['a form', '/products', URLENCODED, `name=${value}&sku=${value}`, ['name', 'sku']],
    ['an escape', '/products', URLENCODED, `sku=1&name=K${escaped(bytes)}se`, ['name']],
    ['JSON', '/products', JSON_TYPE, `{"sku":"x","name":"${value}"}`, ['name']],
    ['a reference', '/sales', JSON_TYPE, `{"productID":1,"reference":"${value}"}`, ['reference']],
    [
      'a batch',
      '/inventory/batch',
      JSON_TYPE,
      `{"changes":[${count('"note":"ä"'.replace('ä', '\xc3\xa4'))},${count(`"note":"${value}"`)}]}`,
      ['changes.1.note'],
    ],
    [
      'a finding',
      '/alerts/findings',
      JSON_TYPE,
      `{"findings":[{"deliveries":[{},{"target":"${value}"}]}]}`,
      ['findings.0.deliveries.1.target'],
    ],
  ])('in %s are refused under the name of the field', async (_where, path, type, body, fields) => {
    const answer = await postBytes(path, type, body);
    expectFaults(answer, ...fields);
    expect(answer.text).toContain('not in UTF-8');
  });

  test('are refused in names of fields', async () => {
    const name = `n${'?'.repeat(bytes.length)}me`;
    const named = `n${bytes}me`;
    const forms = [
      [MULTIPART, multipart(part(['name', 'Cup']), part([named, 'x'])).text],
      [URLENCODED, `name=Cup&${named}=x`],
      [URLENCODED, `name=Cup&n${escaped(bytes)}me=x`],
      [JSON_TYPE, `{"name":"Cup","${named}":"x"}`],
    ] as const;
    for (const [type, body] of forms) {
      expectFaults(await postBytes('/products', type, body), name);
    }
    const batch = await postBytes('/inventory/batch', JSON_TYPE, `{"changes":[{"${named}":1}]}`);
    expectFaults(batch, `changes.0.${name}`);
  });

  test('are refused in queries and paths', async () => {
    const get = (path: string) => send(service.port, { method: 'GET', path });
    expectFaults(await get(`/products?q=K${escaped(bytes)}se&limit=1`), 'q');
    expectFaults(await get(`/products?n${escaped(bytes)}me=1`), `n${'?'.repeat(bytes.length)}me`);
    expectFaults(await get(`/sales?from=${escaped(bytes)}`), 'from');
    expectProblem(await get(`/requests/K${escaped(bytes)}se`), 'malformed-url');
    expectProblem(await get(`/inventory/${escaped(bytes)}`), 'malformed-url');
  });
});

test('bytes that are no UTF-8 between the names and texts of JSON are refused', async () => {
  const body = '{"productID":1,\xa0"availableQuantity":5}';
  expectProblem(await postBytes('/inventory', JSON_TYPE, body), 'malformed-body');
  expectProblem(await postBytes('/inventory', JSON_TYPE, '\xff{}'), 'malformed-body');
});

test('JSON that is not UTF-8 is reported for the right field, with any escapes in it', async () => {
  const body = '{"sku":"\\u00e4\\\\u00e4\\"","name":"K\xe4se","barcode":"\xc3\xa4"}';
  expectFaults(await postBytes('/products', JSON_TYPE, body), 'name');
});

test.each(['latin1', 'iso-8859-1', 'windows-1252', '"utf-16le"', 'x-nobody', 'utf-7'])(
  'a part that declares itself to be in %s is refused, not read as if it were in another',
  async (charset) => {
    const latin1 = part(['name', 'K\xe4se'], `\r\nContent-Type: text/plain; charset=${charset}`);
    expectFaults(await postBytes('/products', MULTIPART, multipart(latin1).text), 'name');
    const ascii = part(['name', 'Cup'], `\r\nContent-Type: text/plain; Charset = ${charset}`);
    expectFaults(await postBytes('/products', MULTIPART, multipart(ascii).text), 'name');
  },
);

test.each(['text/plain', 'text/plain; charset=utf-8', 'text/plain;charset="UTF-8"'])(
  'a part of type %s in UTF-8 is what it says, and a value may speak of charsets',
  async (type) => {
    const value = 'K\xc3\xa4se; charset=latin1';
    const form = multipart(
      part(['productID', '9'], `\r\nContent-Type: ${type}`),
      part(['quantity', '1']),
      part(['note', value], `\r\nContent-Type: ${type}`),
    );
    // It was understood: the product has no record.
    expectProblem(await postBytes('/sales', MULTIPART, form.text), 'unknown-product', {
      productID: 9,
    });
  },
);

test('a byte order mark before JSON is passed over', async () => {
  const body = '\xef\xbb\xbf{"productID":9,"quantity":1}';
  expectProblem(await postBytes('/sales', JSON_TYPE, body), 'unknown-product', { productID: 9 });
});

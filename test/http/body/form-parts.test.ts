import { expectFaults, expectProblem } from '../problem-answer';
import { useSharedService } from '../service';
import { MULTIPART, multipart, part, send } from '../wire';

const service = useSharedService();
beforeAll(async () => {
  await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 10 });
});
const records = async () => (await service.ask.get('/readyz')).body.record;

const post = (text: string, type = MULTIPART, path = '/sales') =>
  send(service.port, { method: 'POST', path, headers: { 'Content-Type': type }, text });

const SALE = [part(['productID', '1']), part(['quantity', '2'])] as const;
const PRICE = part(['unitPrice', '5']);
const DISPOSITION = 'Content-Disposition: form-data; name="unitPrice"';
const withPrice = (price: string, more = '') => `${more}${multipart(...SALE, price).text}`;

test.each<[string, string]>([
  ['no header', PRICE.replace(`${DISPOSITION}\r\n`, '')],
  ['another header alone', PRICE.replace(DISPOSITION, 'Content-Type: text/plain')],
  ['another disposition', PRICE.replace('form-data', 'attachment')],
  ['a disposition that cannot be read', PRICE.replace('form-data; name', 'form-data; =; name')],
  ['a disposition without a type', PRICE.replace('form-data; ', '')],
  ['a long disposition', PRICE.replace('form-data', 'x'.repeat(14_000))],
])('a part with %s is not dropped: the whole form is refused', async (_name, price) => {
  const before = await records();
  for (const preamble of ['', 'A preamble\r\n']) {
    expectProblem(await post(withPrice(price, preamble)), 'malformed-body');
  }
  expect(await records()).toBe(before);
});

test('a value in which a line begins as the boundary does is not cut there', async () => {
  const before = await records();
  const boundary = multipart().text.slice(0, -4);
  const note = part(['note', `one\r\n${boundary}x two`]);
  expectProblem(await post(multipart(...SALE, note).text), 'malformed-body');
  expect(await records()).toBe(before);
});

test.each(['base64', 'quoted-printable'])(
  'a value in %s is refused, not taken as it stands',
  async (encoding) => {
    const note = part(['note', 'S8Okc2U='], `\r\nContent-Transfer-Encoding: ${encoding}`);
    expectFaults(await post(multipart(...SALE, note).text), 'note');
  },
);

test.each<[string, string]>([
  ['behind a preamble', 'A preamble\r\n'],
  ['at the beginning', ''],
])('what a part %s says of its charset is seen', async (_where, preamble) => {
  const types = [
    'text/plain; charset=latin1',
    'text/plain;\r\n charset=latin1',
    '\r\n text/plain; charset=latin1',
    'text/plain; charset=utf-8; charset=latin1',
  ];
  for (const type of types) {
    const name = part(['name', 'K\u00e4se'], `\r\nContent-Type: ${type}`);
    expectFaults(await post(`${preamble}${multipart(name).text}`, MULTIPART, '/products'), 'name');
  }
});

test('a boundary may be quoted, and a form may have a preamble and an epilogue', async () => {
  const form = withPrice(PRICE);
  const [, boundary = ''] = /boundary=(.*)/.exec(MULTIPART) ?? [];
  const types = [
    MULTIPART,
    `multipart/form-data; boundary="${boundary}"`,
    `multipart/form-data;Boundary=${boundary}; x=y`,
  ];
  for (const type of types) {
    for (const text of [form, `A preamble\r\n${form}`, `${form}An epilogue`]) {
      const answer = await post(text, type);
      expect([answer.status, answer.text]).toEqual([201, expect.stringContaining('"unitPrice":5')]);
    }
    const { text } = multipart(...SALE);
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 10 });
    expect((await post(text, type)).status).toBe(201);
  }
});

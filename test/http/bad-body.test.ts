import { shortened } from '../../app/http/problems/shortened';
import { expectFaults, expectProblem } from './problem-answer';
import { useSharedService } from './service';
import { ENCODINGS, type Field, json, MULTIPART, multipart, part, post, URLENCODED } from './wire';

const FIELDS: Field[] = [
  ['productID', '1'],
  ['availableQuantity', '5'],
];
const PARTS = FIELDS.map((field) => part(field));
const FORM = multipart(...PARTS);
const BOUNDARY = MULTIPART.split('=')[1] as string;

const service = useSharedService();

const count = (body: { type: string; text: string }) => post(service.port, '/inventory', body);

describe('a multipart form', () => {
  test.each(
    Object.entries({
      'has no end': PARTS.join(''),
      'is cut off within a value': PARTS.join('').slice(0, -3),
      'is cut off within a header': FORM.text.slice(0, 70),
      'is empty': '',
      'is something else': 'productID=1&availableQuantity=5',
      'ends its lines without CR': FORM.text.replaceAll('\r\n', '\n'),
      'is parted by another boundary': FORM.text.replaceAll(BOUNDARY, 'another'),
      'has a part without headers': FORM.text.replace(/Content-Disposition.*/, ''),
      'has a part with a broken header': FORM.text.replace('Content-Disposition:', 'Content Dis'),
      'has a part without a name': FORM.text.replace(/; name="productID"/, ''),
    }),
  )('that %s cannot be read', async (_fault, text) => {
    expectProblem(await count({ type: MULTIPART, text }), 'malformed-body');
  });

  test.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=""',
    `multipart/form-data; boundary="${BOUNDARY}`,
    `multipart/form-data; border=${BOUNDARY}`,
    'multipart/form-data; boundary=another',
    `multipart/form-data; boundary=${'b'.repeat(500)}`,
  ])('declared as %s cannot be read', async (type) => {
    expectProblem(await count({ type, text: FORM.text }), 'malformed-body');
  });

  test.each([
    ['where a field is due', 'productID', '; filename="a.txt"'],
    ['under an unknown name', 'photo', '; filename="a.jpg"'],
    ['without a name of its own', 'photo', '; filename=""'],
    ['by its type alone', 'photo', '\r\nContent-Type: application/octet-stream'],
  ])('must not have a file %s', async (_where, name, more) => {
    const others = FIELDS.filter(([field]) => field !== name).map((field) => part(field));
    expectFaults(await count(multipart(...others, part([name, '1'], more))), name);
    expectFaults(await count(multipart(part([name, '1'], more), ...others)), name);
  });

  test('must not have a file for a field that may be left out', async () => {
    const sale = [part(['productID', '1']), part(['quantity', '1'])];
    const file = part(['unitPrice', '4.50'], '\r\nContent-Type: application/octet-stream');
    expectFaults(await post(service.port, '/sales', multipart(...sale, file)), 'unitPrice');
  });

  test('must not have a value in a charset that is unknown', async () => {
    const sale = [part(['productID', '1']), part(['quantity', '1'])];
    const price = part(['unitPrice', '4.50'], '\r\nContent-Type: text/plain; charset=x-nobody');
    expectFaults(await post(service.port, '/sales', multipart(...sale, price)), 'unitPrice');
  });

  test('may have a thousand files and more headers than it should, and is still refused', async () => {
    const file = part(['photo', '1'], '; filename="a"');
    expectFaults(await count(multipart(...Array(100).fill(file))), 'photo');
    const headers = Array.from({ length: 300 }, (_, index) => `\r\nX-${index}: 1`).join('');
    expectFaults(await count(multipart(...PARTS, part(['colour', '1'], headers))), 'colour');
  });
});

describe.each(Object.entries(ENCODINGS))('too much in %s', (name, encode) => {
  test('many fields are refused', async () => {
    const many = Array.from({ length: 200 }, (_, index): Field => [`x${index}`, '1']);
    const answer = await count(encode([...FIELDS, ...many]));
    if (name === 'JSON') expectFaults(answer, ...many.map(([field]) => field));
    else expectProblem(answer, 'malformed-body');
  });

  test('a field given many times is refused', async () => {
    const many: Field[] = Array(20).fill(['productID', '1']);
    expectFaults(await count(encode([...many, ['availableQuantity', '5']])), 'productID');
  });

  test('a very long name is refused', async () => {
    const long = 'x'.repeat(8_000);
    const answer = await count(encode([...FIELDS, [long, '1']]));
    if (name === 'multipart') expectProblem(answer, 'malformed-body');
    else expectFaults(answer, shortened(long));
  });

  test('a very long value is refused', async () => {
    const answer = await count(
      encode([FIELDS[0] as Field, ['availableQuantity', '1'.repeat(8_000)]]),
    );
    expectFaults(answer, 'availableQuantity');
  });

  test('a body of thousands of separators is refused', async () => {
    const separators = { multipart: `--${BOUNDARY}\r\n`, urlencoded: '&=', JSON: '{"":' };
    const text = separators[name as keyof typeof separators].repeat(300);
    expectProblem(await count({ ...encode([]), text }), 'malformed-body');
  });
});

test.each(
  Object.entries({
    'is not JSON': 'productID=1',
    'is cut off': '{"productID":1,"availableQuantity":5',
    'has a trailing comma': '{"productID":1,"availableQuantity":5,}',
    'has a comment': '{"productID":1,"availableQuantity":5} // five',
    'is two objects': '{"productID":1}{"availableQuantity":5}',
    'has single quotes': "{'productID':1,'availableQuantity':5}",
    'has bare names': '{productID:1,availableQuantity:5}',
    'has a leading zero': '{"productID":01,"availableQuantity":5}',
    'has a sign': '{"productID":1,"availableQuantity":+5}',
    'has a hexadecimal number': '{"productID":1,"availableQuantity":0x5}',
    'has NaN': '{"productID":1,"availableQuantity":NaN}',
    'is a list': '[{"productID":1,"availableQuantity":5}]',
    'is a number': '5',
    'is a text': '"productID"',
    'is null': 'null',
    'is true': 'true',
    'is spaces': '   ',
    'opens thousands of lists': '['.repeat(16_000),
    'opens thousands of objects': '{"a":'.repeat(3_000),
  }),
)('a JSON body that %s cannot be read', async (_fault, text) => {
  expectProblem(await count(json(text)), 'malformed-body');
});

test('JSON nested as deep as a body can hold is refused like any unknown field', async () => {
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  const answer = await count(json(`{"productID":1,"availableQuantity":5,"a":${deep}}`));
  expect(answer.status).toBe(400);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
});

test('a broken escape in an urlencoded form is a faulty value', async () => {
  const text = 'productID=%zz&availableQuantity=%';
  expectFaults(await count({ type: URLENCODED, text }), 'productID', 'availableQuantity');
});

test('no body at all is a form without fields', async () => {
  expectFaults(await service.ask.post('/inventory'), 'productID', 'availableQuantity');
});

test('after all of it nothing was recorded, and the service answers as ever', async () => {
  expect((await service.ask.get('/readyz')).body).toEqual({ status: 'ready', record: 0 });
  expect(JSON.parse((await count(FORM)).text)).toMatchObject({ record: 1, availableQuantity: 5 });
});

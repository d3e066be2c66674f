import type { Response } from 'superagent';
import { resources } from '../../app/http/app';
import { Metrics } from '../../app/http/metrics/metrics';
import { openApiDocument } from '../../app/http/openapi/document';
import type { JsonSchema } from '../../app/http/openapi/json-schema';
import type { Ledger } from '../../app/ledger/ledger';
import { onEveryStore } from '../stores';
import {
  bodiesOf,
  Documentation,
  type Documented,
  documentOf,
  examplePath,
  operationsOf,
} from './documented';
import { type TestService, useService } from './service';

const SETTINGS = {
  allowedHosts: new Set<string>(),
  bodyLimitBytes: 0,
  batchLimitBytes: 0,
  importLimitBytes: 0,
  pageFolder: '',
};

/** As it is declared: nothing is asked of a ledger. That it is what is served is shown elsewhere. */
const DOCUMENT = openApiDocument(
  resources({} as Ledger, SETTINGS, new AbortController().signal, new Metrics()),
);
const OPERATIONS = operationsOf(DOCUMENT);
const documentation = new Documentation(DOCUMENT);

/** Operations that need a real provider: provider.test.ts tests them. */
const ofProvider = ({ path }: Documented) => path.startsWith('/sign-in/provider');

const of = (method: Documented['method']) =>
  OPERATIONS.filter((operation) => operation.method === method && !ofProvider(operation));
const withBody = OPERATIONS.filter((operation) => !ofProvider(operation)).flatMap((operation) =>
  bodiesOf(operation).map(([type, { example }]) => {
    const { method, path } = operation;
    return [`${method} ${path}`, type, operation, example] as const;
  }),
);

onEveryStore((place) => {
  const service = useService(place, { LINK_SECRET: 'an example of a secret' });
  let invitation: string;
  beforeEach(async () => {
    const ann = { name: 'ann', role: 'clerk' };
    const { body: invited } = await service.ask.post('/invitations').send(ann).expect(201);
    invitation = invited.link.split('/').at(-1);
    const product = { productID: 1, name: 'Something', price: 5 };
    const count = { productID: 1, availableQuantity: 100 };
    const requests = OPERATIONS.find(({ path }) => path === '/requests/{key}') as Documented;
    const key = examplePath(requests).split('/').at(-1) as string;
    await service.ask.post('/products').send(product).expect(201);
    await service.ask.put('/locations/2').send({ name: 'Van' }).expect(200);
    const held = { expiresIn: 900, lines: [{ productID: 1, quantity: 1 }] };
    const sent = { from: 1, to: 2, lines: [{ productID: 1, quantity: 3 }] };
    // What the example of a finding says.
    await service.ask
      .post('/inventory')
      .send({ ...count, availableQuantity: 4 })
      .expect(201);
    await service.ask.post('/inventory').set('Idempotency-Key', key).send(count).expect(201);
    const findings = OPERATIONS.find(({ path }) => path === '/alerts/findings') as Documented;
    const [[, { example } = {}] = []] = bodiesOf(findings);
    await service.ask
      .post('/alerts/findings')
      .set(service.monitorHeaders)
      .send(example as object)
      .expect(200);
    await service.ask.post('/sales').send({ productID: 1, quantity: 3, unitPrice: 5 }).expect(201);
    await service.ask.put('/holds/basket-1').send(held).expect(201);
    await service.ask.post('/transfers').send(sent).expect(201);
  });

  test.each(withBody)(
    'the example of %s is taken as %s',
    async (_name, type, operation, example) => {
      expect(example).toBeDefined();
      // Nobody can make an invitation whose secret is known before.
      const signsIn = operation.path === '/sessions';
      const sent = { ...(example as object), ...(signsIn && { invitation }) };
      const answer = await send(service, operation, type, sent);
      // What a device signs cannot be known before: test/http/access/passkeys.test.ts tries these.
      const isSigned = operation.path.endsWith('/passkey') || operation.path.endsWith('/passkeys');
      if (!isSigned) expect({ text: answer.text, ok: answer.ok }).toMatchObject({ ok: true });
      documentation.expectDocumented(operation, answer);
    },
  );

  test('every GET answers as documented, and has an ETag if and only if it heeds one', async () => {
    expect(of('get').length).toBeGreaterThan(10);
    for (const operation of of('get')) {
      const at = examplePath(operation);
      const answer = await service.ask.get(at).buffer();
      expect({ at, status: answer.status }).toEqual({ at, status: 200 });
      documentation.expectDocumented(operation, whole(answer));

      const { etag } = answer.headers;
      const heeds = operation.operation.parameters.some(({ name }) => name === 'If-None-Match');
      expect({ at, hasTag: etag !== undefined }).toEqual({ at, hasTag: heeds });
      if (etag === undefined) continue;
      const again = await service.ask.get(at).set('If-None-Match', etag);
      expect(again.status).toBe(304);
      documentation.expectDocumented(operation, again);
    }
  });

  test('every DELETE answers as documented, and so does its second copy', async () => {
    expect(of('delete').length).toBeGreaterThan(0);
    for (const operation of of('delete')) {
      for (const _ of ['first', 'second']) {
        const answer = await service.ask.delete(examplePath(operation));
        documentation.expectDocumented(operation, answer);
      }
    }
  });

  test('operations with a body refuse other bodies as documented', async () => {
    const refused = new Set<number>();
    for (const operation of OPERATIONS.filter(({ operation }) => operation.requestBody)) {
      for (const [type, body] of [
        ['text/x-strange', '?'],
        ['application/json', '{"strange":1}'],
      ] as const) {
        const asked = service.ask[operation.method as 'post'](examplePath(operation)).set(
          service.monitorHeaders,
        );
        const answer = await asked.type(type).send(body);
        documentation.expectDocumented(operation, answer);
        refused.add(answer.status);
      }
    }
    expect([...refused].sort()).toEqual([400, 415]);
  });

  test('answers are as they are declared', async () => {
    expect(await documentOf(service)).toEqual(DOCUMENT);
  });
});

/** Sends a body in a media type, as a client would that knows the documentation only. */
function send(service: TestService, operation: Documented, type: string, body: object) {
  const asked = service.ask[operation.method as 'post'](examplePath(operation)).set(
    service.monitorHeaders,
  );
  if (type === 'application/json') return asked.send(body);
  if (type === 'application/x-www-form-urlencoded') return asked.type('form').send(body);
  expect(type).toBe('multipart/form-data');
  for (const [field, value] of Object.entries(body)) {
    if (isFile(operation, field)) asked.attach(field, Buffer.from(value), 'example.csv');
    else asked.field(field, String(value));
  }
  return asked;
}

/** Whether a field of a form is a file (https://spec.openapis.org/oas/v3.1.1.html#considerations-for-file-uploads). */
function isFile({ operation }: Documented, field: string): boolean {
  const { schema } = operation.requestBody?.content['multipart/form-data'] ?? {};
  const name = String(schema?.$ref).replace('#/components/schemas/', '');
  const property = DOCUMENT.components.schemas[name]?.properties?.[field] as JsonSchema;
  return property.contentMediaType !== undefined || property.format === 'binary';
}

/** An answer with its body as text, which supertest keeps elsewhere for a file. */
function whole({ status, headers, text, body }: Response) {
  return { status, headers, text: text ?? String(body ?? '') };
}

import { Api } from '../../../app/monitor/api';
import { sqlitePlace, usePlace } from '../../stores';
import { finding } from '../alerts/shortages';
import { useService } from '../service';
import { request, sendRaw } from './raw';

const BASE = '/shop/inventory';
const SECRET = 'a secret of the test';

const service = useService(usePlace(sqlitePlace), { BASE_PATH: BASE, LINK_SECRET: SECRET });

const get = (path: string) => service.ask.get(path);
const count = (productID: number, availableQuantity = 5) =>
  service.ask.post(`${BASE}/inventory`).send({ productID, availableQuantity });

test('everything is served below the base path, and only probes beside it', async () => {
  for (const path of ['/inventory', '/overview', '/', '/docs', '/openapi.json', '/problems']) {
    expect((await get(BASE + path)).status).toBe(200);
    const beside = await get(path);
    expect(beside.status).toBe(404);
    expect(beside.body).toMatchObject({ type: `${BASE}/problems/unknown-path` });
  }
  for (const path of ['/shop', '/shop/', '/shop/inventories', '/shop/inventory.csv', '//shop']) {
    expect((await get(path)).status).toBe(404);
  }
  for (const probe of ['/healthz', '/readyz', '/metrics']) {
    expect((await get(probe)).status).toBe(200);
    expect((await get(BASE + probe)).status).toBe(200);
  }
  const absolute = request(`GET http://localhost${BASE}/inventory HTTP/1.1`, 'Host: x');
  expect((await sendRaw(service.port, absolute)).status).toBe(200);
});

test('the base path without its slash leads to the page', async () => {
  expect((await get(BASE)).headers.location).toBe(`${BASE}/`);
  const queried = await get(`${BASE}?a=1`);
  expect(queried.status).toBe(308);
  expect(queried.headers.location).toBe(`${BASE}/?a=1`);
  expect((await get(`${BASE}/`)).text).toContain('<!DOCTYPE html>');
});

test('Location leads to what was made, also for a copy of the request', async () => {
  for (const _ of [1, 2]) {
    const { headers } = await count(1).set('Idempotency-Key', 'k');
    expect(headers.location).toBe(`${BASE}/inventory/1`);
    expect((await get(headers.location as string)).body).toMatchObject({ record: 1 });
  }
  const added = await service.ask.post(`${BASE}/products`).send({ name: 'Cup' });
  expect((await get(added.headers.location as string)).body).toMatchObject({ name: 'Cup' });
});

test('the next page is where Link says', async () => {
  await count(1);
  await count(1);
  await service.ask.post(`${BASE}/products`).send({ name: 'Cup' });
  await service.ask.post(`${BASE}/products`).send({ name: 'Mug' });
  for (const path of ['/products?limit=1', '/inventory/1/records?limit=1', '/records?limit=1']) {
    const [, next = ''] = /^<([^>]+)>/.exec((await get(BASE + path)).headers.link ?? '') ?? [];
    expect(next.startsWith(`${BASE}/`)).toBe(true);
    expect((await get(next)).body).toHaveLength(1);
  }
});

test('the types of problems are URLs that describe them', async () => {
  await count(1);
  const sale = { productID: 1, quantity: 9 };
  const key = { 'Idempotency-Key': 'k' };
  const refused = await service.ask.post(`${BASE}/sales`).set(key).send(sale);
  const stored = await get(`${BASE}/requests/k`);
  const batch = (mode: string) =>
    service.ask.post(`${BASE}/inventory/batch?mode=${mode}`).send({ changes: [sale] });
  const types = [
    refused.body.type,
    stored.body.answer.type,
    (await batch('all')).body.errors[0].type,
    (await batch('each')).body.outcomes[0].type,
  ];
  expect(types).toEqual(Array(4).fill(`${BASE}/problems/insufficient-stock`));
  expect((await get(types[0])).body).toMatchObject({ type: types[0], status: 409 });
  const crossSite = await count(1).set('Origin', 'http://evil.example');
  expect(crossSite.body.type).toBe(`${BASE}/problems/cross-site`);
  const malformed = await sendRaw(service.port, 'hello\r\n\r\n');
  expect(JSON.parse(malformed.text).status).toBe(400);
});

test('the documentation names the base path as its server, and its page finds its parts', async () => {
  const { body: document } = await get(`${BASE}/openapi.json`);
  expect(document.servers).toEqual([{ url: BASE }]);
  expect(Object.keys(document.paths)).toContain('/problems/{type}');
  expect(JSON.stringify(document.paths['/sales'].post)).toContain(`"${BASE}/problems/cross-site"`);
  const page = await get(`${BASE}/docs`);
  const parts = [...page.text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, part]) => String(part));
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) expect((await get(part)).status).toBe(200);
  const initializer = parts.find((part) => part.endsWith('initializer.js')) as string;
  expect((await get(initializer)).text).toContain(`url: '${BASE}/openapi.json'`);
});

test('a monitor reads all pages of alerts by an API_URL with the path', async () => {
  const productIDs = Array.from({ length: 1_001 }, (_, index) => index + 1);
  const changes = productIDs.map((productID) => ({ productID, availableQuantity: 4 }));
  await service.ask.post(`${BASE}/inventory/batch`).send({ changes }).expect(201);
  const api = new Api(`http://127.0.0.1:${service.port}${BASE}`, undefined, SECRET);
  const findings = productIDs.map((productID) =>
    finding(productID, { record: productID, revision: 0 }),
  );
  await api.report(findings.slice(0, 1_000) as Parameters<Api['report']>[0]);
  await api.report(findings.slice(1_000) as Parameters<Api['report']>[0]);
  expect(await api.unresolved()).toHaveLength(1_001);
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resources } from '../../app/http/app';
import { Metrics } from '../../app/http/metrics/metrics';
import type { Ledger } from '../../app/ledger/ledger';
import { postmanCollection } from '../../scripts/collection';
import { sqlitePlace, usePlace } from '../stores';
import { documentOf, operationsOf } from './documented';
import { useService } from './service';

const FILE = path.join(__dirname, '..', '..', 'docs', 'inventory.postman_collection.json');

describe('the Postman collection', () => {
  const service = useService(usePlace(sqlitePlace));

  test('matches the documentation of a running service: else run npm run postman', async () => {
    const made = await postmanCollection(await documentOf(service));
    expect(readFileSync(FILE, 'utf8')).toBe(made);
  });

  test('has every operation, its example filled in', async () => {
    const { item, variable } = JSON.parse(readFileSync(FILE, 'utf8'));
    expect(variable).toEqual([
      { key: 'baseUrl', value: 'http://localhost:5000' },
      { key: 'key', value: '' },
    ]);
    const requests: Entry[] = item.flatMap((folder: { item: Entry[] }) => folder.item);
    const names = requests.map(({ request }) => nameOf(request));
    const documented = operationsOf(await documentOf(service));
    expect(names.sort()).toEqual(documented.map(({ method, path }) => `${method} ${path}`).sort());

    const sale = requests.find(({ name }) => name === 'Sell units of a product')?.request;
    const filled = sale?.body.formdata.filter(({ disabled }) => !disabled);
    expect(filled?.map(({ key, value }) => [key, value])).toEqual([
      ['productID', '1'],
      ['quantity', '2'],
      ['unitPrice', '4.5'],
    ]);
  });
});

test('each request sends the key of the collection, unless its operation is for everybody', async () => {
  const { item, auth } = JSON.parse(readFileSync(FILE, 'utf8'));
  expect(auth).toMatchObject({ type: 'bearer', bearer: [{ key: 'token', value: '{{key}}' }] });
  const isPublic = new Map(
    declaredResources().flatMap(({ path: at, operations }) =>
      Object.entries(operations).map(([method, { need }]) => [
        `${method} ${at}`,
        need.isPublic ?? false,
      ]),
    ),
  );
  for (const { request } of item.flatMap((folder: { item: Entry[] }) => folder.item)) {
    expect([nameOf(request), request.auth]).toEqual([
      nameOf(request),
      isPublic.get(nameOf(request)) ? { type: 'noauth' } : undefined,
    ]);
  }
});

/** Such as `get /inventory/{productID}`. */
function nameOf({ method, url }: Entry['request']): string {
  return `${method.toLowerCase()} /${url.path.map((segment) => segment.replace(/^:(.*)/, '{$1}')).join('/')}`;
}

/** What is served, as it is declared. */
function declaredResources() {
  const settings = {
    allowedHosts: new Set<string>(),
    bodyLimitBytes: 0,
    batchLimitBytes: 0,
    importLimitBytes: 0,
    pageFolder: '',
  };
  return resources({} as Ledger, settings, new AbortController().signal, new Metrics());
}

interface Entry {
  name: string;
  request: {
    method: string;
    url: { path: string[] };
    auth?: object;
    body: { formdata: { key: string; value: string; disabled: boolean }[] };
  };
}

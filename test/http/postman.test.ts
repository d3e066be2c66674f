import { readFileSync } from 'node:fs';
import path from 'node:path';
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
    expect(variable).toEqual([{ key: 'baseUrl', value: 'http://localhost:5000' }]);
    const requests: Entry[] = item.flatMap((folder: { item: Entry[] }) => folder.item);
    const names = requests.map(({ request: { method, url } }) => {
      return `${method.toLowerCase()} /${url.path.map((segment) => segment.replace(/^:(.*)/, '{$1}')).join('/')}`;
    });
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

interface Entry {
  name: string;
  request: {
    method: string;
    url: { path: string[] };
    body: { formdata: { key: string; value: string; disabled: boolean }[] };
  };
}

import type { ServerProcess } from '../servers/server-process';

/** The most changes of one request, and the most lines of one file. */
const BATCH = 10_000;
const IMPORTED = 100_000;

/** The largest bodies that are accepted, as JSON and as files. */
const JSON_BYTES = 8_388_608;
const FILE_BYTES = 16_000_000;

/** Sends one heavy request and reads its answer. */
type Post = () => Promise<void>;

/** Requests that write much, or are refused after much of them was read. */
export function heavyPosts({ url }: ServerProcess, products: number): Record<string, Post> {
  return { ...bodies(url), ...batches(url, products), ...files(url, Math.min(IMPORTED, products)) };
}

/** Bodies of the largest size that are not a batch of changes. */
function bodies(url: string): Record<string, Post> {
  const refused = (body: string) => () => batch(url, body, [400]).then(() => {});
  const zeros = '0,'.repeat(JSON_BYTES / 2 - 20);
  const members = Array.from({ length: 700_000 }, (_, index) => `"${index}":0`);
  const brackets = '['.repeat(JSON_BYTES / 2 - 20);
  return {
    'POST /inventory/batch of [0,0,…]': refused(`[${zeros}0]`),
    'POST /inventory/batch of {"changes":[0,0,…]}': refused(`{"changes":[${zeros}0]}`),
    'POST /inventory/batch of 700,000 unknown members': refused(`{${members.join()}}`),
    'POST /inventory/batch of 4 million brackets': refused(`{"changes":${brackets}`),
    [`POST /inventory/batch of ${BATCH} times 0`]: refused(
      JSON.stringify({ changes: new Array(BATCH).fill(0) }),
    ),
  };
}

function batches(url: string, products: number): Record<string, Post> {
  const changes = (change: object) =>
    JSON.stringify({
      changes: Array.from({ length: BATCH }, (_, index) => ({
        productID: (index % products) + 1,
        ...change,
      })),
    });
  // More than is in stock of any product.
  const tooMany = changes({ reason: 'sale', quantity: 2_000_000_000 });
  const faulty = changes({ reason: 'sale', quantity: -1 });
  const receipts = changes({ reason: 'receipt', quantityChange: 1 });
  return {
    [`POST /inventory/batch of ${BATCH} faulty changes`]: async () => {
      await batch(url, faulty, [400]);
    },
    [`POST /inventory/batch of ${BATCH} refused changes`]: async () => {
      await batch(url, tooMany, [409]);
    },
    [`POST /inventory/batch?mode=each of ${BATCH} refused changes`]: async () => {
      await batch(url, tooMany, [200], '?mode=each');
    },
    [`POST /inventory/batch of ${BATCH} changes`]: async () => {
      await batch(url, receipts, [201]);
    },
    [`POST /inventory/batch of ${BATCH} sales`]: async () => {
      await batch(url, changes({ reason: 'sale', quantity: 1, unitPrice: 2.5 }), [201]);
    },
  };
}

function files(url: string, count: number): Record<string, Post> {
  const numbered = (line: (productID: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index + 1));
  const counts = ['productID,availableQuantity', ...numbered((one) => `${one},${one % 1_000}`)];
  const faulty = ['productID,availableQuantity', ...numbered((one) => `${one},many`)];
  const renamed = ['productID,name', ...numbered((one) => `${one},Renamed ${one}`)];
  const coded = ['productID,name,sku', ...numbered((one) => `${one},Coded ${one},NEW-${one}`)];
  const importing = (kind: string, lines: string[]) => async () => {
    const file = csv(lines.join('\r\n'));
    const dry = await post(`${url}/imports/${kind}?dryRun=true`, { body: file }, [200]);
    const { confirm } = dry as { confirm: string | null };
    const confirmed = confirm === null ? '' : `?confirm=${confirm}`;
    await post(`${url}/imports/${kind}${confirmed}`, { body: file }, [201]);
  };
  return {
    [`POST /imports/counts of ${count} faulty lines`]: async () => {
      await post(`${url}/imports/counts`, { body: csv(faulty.join('\r\n')) }, [400]);
    },
    'POST /imports/counts of 16 MB of commas': async () => {
      await post(`${url}/imports/counts`, { body: csv(',\n'.repeat(FILE_BYTES / 2)) }, [400]);
    },
    [`POST /imports/counts of ${count} lines`]: importing('counts', counts),
    [`POST /imports/products of ${count} names`]: importing('products', renamed),
    [`POST /imports/products of ${count} codes`]: importing('products', coded),
  };
}

function csv(text: string): FormData {
  const body = new FormData();
  body.set('file', new Blob([text], { type: 'text/csv' }), 'file.csv');
  return body;
}

function batch(url: string, body: string, statuses: number[], query = ''): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' };
  return post(`${url}/inventory/batch${query}`, { headers, body }, statuses);
}

/** Sends a request and reads the answer. It must have one of these statuses. */
async function post(url: string, sent: RequestInit, statuses: number[]): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', ...sent });
  const text = await answer.text();
  if (statuses.includes(answer.status)) return JSON.parse(text);
  throw new Error(`${url} was answered by ${answer.status}: ${text.slice(0, 300)}`);
}

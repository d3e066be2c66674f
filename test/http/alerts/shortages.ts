import type { TestService } from '../service';

export const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** A finding for a test: a product is low, nobody is to be told, but for what the test is about. */
export function finding(productID: number, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    productID,
    kind: 'low',
    record: 20,
    revision: 3,
    availableQuantity: 4,
    threshold: 5,
    daysOfCover: 2.5,
    ...changes,
  };
}

/** A moment for which an alert may be snoozed: midnight (UTC), a month from now. */
export const NEXT_MONTH = `${new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;

/** Ann is to be told by mail, at once. */
export const TELL_ANN = {
  channel: 'mail',
  target: 'ann@shop.example',
  notBefore: '2026-11-24T12:00:00.000Z',
};

/** Reports how products were found, as the monitor does. @returns what became of each */
export async function report(
  { ask }: TestService,
  ...findings: readonly object[]
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of them
): Promise<any[]> {
  await fillUpTo(ask, findings as readonly Partial<ReturnType<typeof finding>>[]);
  const answer = await ask.post('/alerts/findings').send({ findings });
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
  return answer.body.outcomes;
}

/** What `GET /alerts` lists, as `alertID kind status`. */
export async function listed({ ask }: TestService, query = ''): Promise<string[]> {
  const answer = await ask.get(`/alerts${query}`);
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
  return answer.body.map(inShort);
}

export function inShort({ alertID, kind, status }: Record<string, unknown>): string {
  return `${alertID} ${kind} ${status}`;
}

/** A product that the tests are not about. */
const ANOTHER = 9_999;

/** Has the ledger and the catalogue come as far as findings say, and count their products. */
export async function fillUpTo(
  ask: TestService['ask'],
  findings: readonly Partial<ReturnType<typeof finding>>[],
): Promise<void> {
  const { body } = await ask.get('/overview').expect(200);
  const there = new Set(body.products.map(({ productID }: { productID: number }) => productID));
  const named = new Set(findings.map(({ productID = 0 }) => productID));
  const missing = [...named].filter((id) => !there.has(id));
  const lacking = Math.max(0, ...findings.map(({ record = 0 }) => record)) - body.asOf;
  const filling = Array.from({ length: Math.max(0, lacking - missing.length) }, () => ANOTHER);
  const changes = [...missing, ...filling].map((productID) => ({
    productID,
    availableQuantity: 4,
  }));
  if (changes.length > 0) await ask.post('/inventory/batch').send({ changes }).expect(201);
  const revision = Math.max(0, ...findings.map((each) => each.revision ?? 0));
  for (let at = body.revision; at < revision; at += 1) {
    // Another report may fill up at the same time.
    await ask.post('/products').send({ productID: ANOTHER + 1 + at, name: `filling ${at}` });
  }
}

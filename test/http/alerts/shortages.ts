import type { TestService } from '../service';

export const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** A finding for a test: a product is low, and nobody is notified. The test replaces what it is about. */
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

/** Ann is to be notified by mail, at once. */
export const TELL_ANN = {
  channel: 'mail',
  target: 'ann@shop.example',
  notBefore: '2026-11-24T12:00:00.000Z',
};

/** Reports how products were found, as the monitor does. @returns what became of each */
export async function report(
  { ask, monitorHeaders }: TestService,
  ...findings: readonly object[]
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of them
): Promise<any[]> {
  await fillUpTo(ask, findings as readonly Partial<ReturnType<typeof finding>>[]);
  const answer = await ask.post('/alerts/findings').set(monitorHeaders).send({ findings });
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

/** Products that are counted before the others, so that a later finding at an early record may name them. */
const COUNTED_FIRST = 12;

/**
 * Has the ledger and the catalogue come as far as findings say, and the products have as many as they say. A finding at a
 * record that is there already is left as it is: it may be meant to be old, or not true.
 */
export async function fillUpTo(
  ask: TestService['ask'],
  findings: readonly Partial<ReturnType<typeof finding>>[],
): Promise<void> {
  const { body } = await ask.get('/overview').expect(200);
  const has = new Map<number, number>();
  for (const { productID, availableQuantity } of body.products) {
    has.set(productID, availableQuantity);
  }
  const changes: { productID: number; availableQuantity: number }[] = [];
  const count = (productID: number, availableQuantity: number) => {
    changes.push({ productID, availableQuantity });
    has.set(productID, availableQuantity);
  };
  const inOrder = findings.toSorted((a, b) => (a.record ?? 0) - (b.record ?? 0));
  for (const [index, { record = 0 }] of inOrder.entries()) {
    const isLater = (last: number) => body.asOf + changes.length < last;
    if (!isLater(record) || record === inOrder[index - 1]?.record) continue;
    const found = new Map(
      inOrder
        .filter((other) => other.record === record)
        .map(({ productID = 0, availableQuantity = 4 }) => [productID, availableQuantity]),
    );
    const wanting = [...found].filter(([productID, quantity]) => has.get(productID) !== quantity);
    for (const [productID, quantity] of wanting) count(productID, quantity);
    for (let id = 1; id <= COUNTED_FIRST && isLater(record); id += 1) {
      if (!has.has(id)) count(id, 4);
    }
    while (isLater(record)) count(ANOTHER, 4);
  }
  if (changes.length > 0) await ask.post('/inventory/batch').send({ changes }).expect(201);
  const revision = Math.max(0, ...findings.map((each) => each.revision ?? 0));
  for (let at = body.revision; at < revision; at += 1) {
    // Another report may fill up at the same time.
    await ask.post('/products').send({ productID: ANOTHER + 1 + at, name: `filling ${at}` });
  }
}

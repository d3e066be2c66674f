import type { Mailbox, Receiver } from './receivers';

/** Stock that is neither low nor nearly low, with a threshold of 5. */
export const PLENTY = 50;

/** Courses of a shortage, and the events that are reported for each. */
export const COURSES = [
  { counts: [0], reported: ['open out'] },
  { counts: [4], reported: ['open low'] },
  { counts: [5, 0], reported: ['open low', 'open out'] },
  { counts: [0, 3], reported: ['open out'] },
  { counts: [3, 6, 2], reported: ['open low'] },
] as const;

interface AlertEvent {
  readonly event: number;
  readonly status: string;
  readonly kind: string;
}

interface Alert {
  readonly productID: number;
  readonly alertID: number;
  readonly deliveries: readonly { readonly status: string }[];
  readonly life: readonly AlertEvent[];
}

/** Makes shortages at a service, each of which ends, and knows what is to come of them. */
export class Shortages {
  /** The lives of each product's alerts, in order. */
  readonly #expected = new Map<number, string[][]>();
  readonly #url: string;
  #size = 0;

  constructor(port: number) {
    this.#url = `http://127.0.0.1:${port}`;
  }

  async count(productID: number, availableQuantity: number): Promise<void> {
    const body = new URLSearchParams({
      productID: String(productID),
      availableQuantity: String(availableQuantity),
    });
    const { status } = await fetch(`${this.#url}/inventory`, { method: 'POST', body });
    if (status !== 201) throw new Error(`POST /inventory: ${status}`);
  }

  /** @param meanwhile runs while the product is short */
  async make(
    productID: number,
    { counts, reported }: (typeof COURSES)[number],
    meanwhile: () => Promise<void> = async () => {},
  ): Promise<void> {
    for (const quantity of counts) await this.count(productID, quantity);
    await meanwhile();
    await this.count(productID, PLENTY);
    const life = [...reported, `resolved ${reported.at(-1)?.split(' ')[1]}`];
    this.#expected.set(productID, [...(this.#expected.get(productID) ?? []), life]);
    this.#size += 1;
  }

  /** Whether each shortage has had its life, and all has been delivered. */
  async isOver(): Promise<boolean> {
    const over: Alert[] = await this.#get('/alerts?status=resolved&limit=1000');
    const isDelivered = ({ deliveries }: Alert) =>
      deliveries.every(({ status }) => status === 'delivered');
    return over.length >= this.#size && over.every(isDelivered);
  }

  /** Expects that each shortage had one life, and that people and programs got each event under one name. */
  async expectToldOnce(mailbox: Mailbox, receiver: Receiver): Promise<void> {
    expect(await this.#get('/alerts')).toEqual([]);
    const over: Alert[] = await this.#get('/alerts?status=resolved&limit=1000');
    const alerts: Alert[] = await Promise.all(
      over
        .sort((a, b) => a.alertID - b.alertID)
        .map(({ alertID }) => this.#get<Alert>(`/alerts/${alertID}`)),
    );
    const lives = new Map<number, string[][]>();
    for (const { productID, life } of alerts) {
      const events = life.map(({ status, kind }) => `${status} ${kind}`);
      lives.set(productID, [...(lives.get(productID) ?? []), events]);
    }
    expect(lives).toEqual(this.#expected);

    // Copies of a message have its name, and count as one.
    const accepted = new Map(receiver.accepted.map(({ id, body }) => [id, body.data]));
    const posted = [...accepted.values()].map((data) => (data as unknown as AlertEvent).event);
    const events = alerts.flatMap(({ life }) => life.map(({ event }) => event));
    expect(posted.sort(byNumber)).toEqual(events.sort(byNumber));

    const mails = new Map(mailbox.mails.map(({ messageId, subject }) => [messageId, subject]));
    const mailed = [...mails.values()].map((subject) => Number(subject?.split('Product ')[1]));
    const opened = alerts.flatMap(({ productID, life }) =>
      life.filter(({ status }) => status === 'open').map(() => productID),
    );
    expect(mailed.sort(byNumber)).toEqual(opened.sort(byNumber));
  }

  async #get<T>(resource: string): Promise<T> {
    return (await fetch(this.#url + resource)).json() as Promise<T>;
  }
}

function byNumber(a: number, b: number): number {
  return a - b;
}

import { cellsOf } from '../../app/ledger/cell';
import type { Command } from '../../app/ledger/command';
import { PRODUCT_ID_MAX } from '../../app/ledger/decide-product';
import { DOCUMENT_LINES_MAX } from '../../app/ledger/documents/document';
import type { DocumentCommand, HoldLine } from '../../app/ledger/documents/document-command';
import { Ledger } from '../../app/ledger/ledger';
import { IN_TRANSIT, LOCATION_ID_MAX } from '../../app/ledger/locations/location';
import { QUANTITY_MAX } from '../../app/ledger/quantity';
import type { LedgerStore } from '../../app/ledger/store';
import { onEveryStore } from '../stores';

const LIMITS = {
  writer: { queueLimit: 100, groupLimit: 100, timeoutMs: 10_000 },
  reads: { timeoutMs: 5_000, tries: 10 },
};

const START = Date.UTC(2026, 10, 26, 12);

let marks = 0;

/** A clock that a test sets, in seconds since the start. */
interface Clock {
  seconds: number;
}

function ledgerOn(store: LedgerStore, clock: Clock): Ledger {
  const surroundings = {
    now: () => new Date(START + clock.seconds * 1_000),
    drawTurnMark: () => {
      marks += 1;
      return marks;
    },
    onRewound: () => {
      throw new Error('nothing here goes back');
    },
  };
  return new Ledger(store, surroundings, LIMITS);
}

/** What there is of a product: what is available, and each location as `location: on hand (held)`. */
async function told(ledger: Ledger, productID: number): Promise<string> {
  const places = await ledger.places();
  const { stock, locations } = places;
  const cells = cellsOf(places, productID);
  const available = stock.get(productID)?.availableQuantity;
  const sum = cells
    .filter(({ locationID }) => locations.isSellable(locationID))
    .reduce((total, cell) => total + cell.onHandQuantity - cell.heldQuantity, 0);
  expect(available).toBe(sum);
  const each = cells.map(({ locationID, onHandQuantity, heldQuantity }) => {
    const name = locationID === IN_TRANSIT ? 'transit' : locationID;
    return `${name}: ${onHandQuantity}${heldQuantity > 0 ? ` (${heldQuantity})` : ''}`;
  });
  return `${available} available; ${each.join(', ')}`;
}

const line = (productID: number, quantity: number, locationID = 1): HoldLine => ({
  productID,
  locationID,
  quantity,
});

const put = (holdID: string, expiresIn: number, ...lines: HoldLine[]): DocumentCommand => ({
  kind: 'put-hold',
  holdID,
  expiresIn,
  lines,
  reference: null,
});

const sell = (holdID: string, more: { lines?: HoldLine[]; orSell?: boolean } = {}) =>
  ({ kind: 'sell-hold', holdID, unitPrice: 100, orSell: false, ...more }) as const;

const receipt = (productID: number, quantityChange: number, locationID?: number): Command => ({
  kind: 'movement',
  reason: 'receipt',
  productID,
  quantityChange,
  locationID,
});

const sale = (productID: number, quantity: number): Command => ({
  kind: 'sale',
  productID,
  quantity,
  unitPrice: null,
});

onEveryStore((place) => {
  let stores: LedgerStore[] = [];
  let ledgers: Ledger[] = [];
  afterEach(async () => {
    await Promise.all(ledgers.map((ledger) => ledger.close()));
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
    ledgers = [];
  });
  const open = (clock: Clock = { seconds: 0 }) => {
    const store = place().open();
    stores.push(store);
    const ledger = ledgerOn(store, clock);
    ledgers.push(ledger);
    return ledger;
  };

  /** What became of a change: its state, or its refusal with the first reason. */
  const change = async (ledger: Ledger, command: DocumentCommand) => {
    const answer = await ledger.submit({ kind: 'document', command });
    if (answer.answer !== 'outcomes') throw new Error(answer.answer);
    const [outcome] = answer.outcomes;
    if (outcome === undefined) throw new Error('no outcome');
    if (!('refusal' in outcome)) return outcome.state;
    if (outcome.refusal === 'lines-refused')
      return outcome.refused.map(({ why }) => why.refusal).join();
    return outcome.refusal === 'hold-ended' ? `hold-ended: ${outcome.ended}` : outcome.refusal;
  };
  const submit = async (ledger: Ledger, ...commands: Command[]) => {
    const answer = await ledger.submit({ kind: 'stock', mode: 'all', commands });
    if (answer.answer !== 'outcomes') throw new Error(answer.answer);
    return answer.outcomes.map((outcome) =>
      'refusal' in outcome ? outcome.refusal : outcome.availableQuantity,
    );
  };
  const addLocation = async (ledger: Ledger, locationID: number, sellable = true) => {
    const command = { kind: 'put', locationID, name: 'Van', sellable, address: null } as const;
    await ledger.submit({ kind: 'location', command });
  };

  test('a transfer of the most lines, with the longest numbers, can be received in every way', async () => {
    const ledger = open();
    await addLocation(ledger, LOCATION_ID_MAX);
    const products = Array.from(
      { length: DOCUMENT_LINES_MAX },
      (_, index) => PRODUCT_ID_MAX - index,
    );
    await submit(
      ledger,
      ...products.map((productID) => receipt(productID, QUANTITY_MAX, LOCATION_ID_MAX)),
    );
    const lines = products.map((productID) => ({ productID, quantity: QUANTITY_MAX }));
    const said = { expectedAt: null, reference: null } as const;
    const ship = { kind: 'ship', from: LOCATION_ID_MAX, to: 1, lines, ...said } as const;
    expect(await change(ledger, ship)).toBe('open');
    const some = 500_000_000;
    const parts = { received: some, damaged: some, returned: some };
    expect(
      await change(ledger, {
        kind: 'receive',
        transferID: 1,
        lines: products.map((productID) => ({ productID, ...parts })),
      }),
    ).toBe('open');
    const close = { kind: 'close-transfer', transferID: 1, remainder: 'lost', note: null } as const;
    expect(await change(ledger, close)).toBe('closed');
  });

  test('a hold sets units aside: they stay, and nobody else can have them', async () => {
    const ledger = open();
    await submit(ledger, receipt(1, 5), receipt(2, 2));
    expect(await change(ledger, put('a', 60, line(1, 3), line(2, 2)))).toBe('open');
    expect(await told(ledger, 1)).toBe('2 available; 1: 5 (3)');
    expect(await submit(ledger, sale(1, 3))).toEqual(['insufficient-stock']);
    expect(await submit(ledger, sale(1, 2))).toEqual([0]);
    // All lines or none.
    expect(await change(ledger, put('b', 60, line(1, 0), line(2, 1)))).toBe('insufficient-stock');
    expect(await change(ledger, put('b', 60, line(3, 1)))).toBe('unknown-product');
    // A process that starts now knows it.
    expect(await told(open(), 1)).toBe('0 available; 1: 3 (3)');
  });

  test('a hold that takes the place of another does not stand in its own way', async () => {
    const ledger = open();
    await submit(ledger, receipt(1, 5), receipt(2, 2));
    await change(ledger, put('a', 60, line(1, 5)));
    expect(await change(ledger, put('a', 60, line(1, 6)))).toBe('insufficient-stock');
    expect(await change(ledger, put('a', 60, line(1, 4), line(2, 1)))).toBe('open');
    expect(await told(ledger, 1)).toBe('1 available; 1: 5 (4)');
    expect(await change(ledger, put('a', 60, line(2, 2)))).toBe('open');
    expect(await told(ledger, 1)).toBe('5 available; 1: 5');
    expect(await told(ledger, 2)).toBe('0 available; 1: 2 (2)');
  });

  test('it is sold once, in part or whole, and the rest is free', async () => {
    const ledger = open();
    await submit(ledger, receipt(1, 5), receipt(2, 2));
    await change(ledger, put('a', 60, line(1, 3), line(2, 2)));
    expect(await change(ledger, sell('a', { lines: [line(1, 4)] }))).toBe('exceeds-hold');
    expect(await change(ledger, sell('a', { lines: [line(3, 1)] }))).toBe('exceeds-hold');
    expect(await change(ledger, sell('a', { lines: [line(1, 2)] }))).toBe('sold');
    expect(await told(ledger, 1)).toBe('3 available; 1: 3');
    expect(await told(ledger, 2)).toBe('2 available; 1: 2');
    for (const again of [sell('a'), sell('a', { orSell: true }), put('a', 60, line(1, 1))]) {
      expect(await change(ledger, again)).toBe('hold-ended: sold');
    }
    expect(await change(open(), { kind: 'release-hold', holdID: 'a' })).toBe('hold-ended: sold');
    expect(await change(open(), { kind: 'release-hold', holdID: 'b' })).toBe('unknown-hold');
    expect((await ledger.sales.top({ limit: 5, by: 'unitsSold' })).rows).toMatchObject([
      { productID: 1, unitsSold: 2 },
    ]);
  });

  test('it ends by itself: the first turn after that, of any process, begins with its end', async () => {
    const clock = { seconds: 0 };
    const ledger = open(clock);
    // The clock of the other is a minute behind: its turns get the time of the ledger's last record.
    const other = open({ seconds: -60 });
    await submit(ledger, receipt(1, 1));
    await change(ledger, put('a', 30, line(1, 1)));
    expect(await change(other, { kind: 'extend-hold', holdID: 'a', expiresIn: 60 })).toBe('open');
    clock.seconds = 59;
    expect(await submit(ledger, sale(1, 1))).toEqual(['insufficient-stock']);
    clock.seconds = 60;
    expect(await submit(ledger, sale(1, 1))).toEqual([0]);
    expect(await change(other, sell('a'))).toBe('hold-ended: expired');
    expect(await change(other, sell('a', { orSell: true }))).toBe('insufficient-stock');
    await submit(other, receipt(1, 1));
    expect(await change(other, sell('a', { orSell: true }))).toBe('sold');
    expect(await change(ledger, sell('a', { orSell: true }))).toBe('hold-ended: sold');
    const history = await ledger.ask.history({ productID: 1, limit: 100 });
    expect(history.map(({ reason, heldQuantity }) => `${reason} ${heldQuantity}`)).toEqual([
      'sale 0',
      'receipt 0',
      'sale 0',
      'expiry 0',
      'hold 1',
      'hold 1',
      'receipt 0',
    ]);
    const steps = await ledger.documentEntries.from(1, 100);
    expect(steps.map(({ state }) => state)).toEqual(['open', 'open', 'expired', 'sold']);
  });

  test('it ends by itself while nobody changes anything', async () => {
    const ledger = open();
    const clock = { seconds: 0 };
    const watching = open(clock);
    await submit(ledger, receipt(1, 1));
    await change(watching, put('a', 1, line(1, 1)));
    clock.seconds = 1;
    const deadline = performance.now() + 20_000;
    while ((await ledger.stock()).get(1)?.reason !== 'expiry') {
      if (performance.now() > deadline) throw new Error('the hold has not ended');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await told(ledger, 1)).toBe('1 available; 1: 1');
  });

  test('a count by hand leaves what is held where it is', async () => {
    const ledger = open();
    await submit(ledger, receipt(1, 5));
    // The row by hand has the real time.
    await change(ledger, put('a', 30 * 24 * 3_600, line(1, 3)));
    await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (1, 4)');
    expect(await told(ledger, 1)).toBe('4 available; 1: 7 (3)');
    expect(await told(open(), 1)).toBe('4 available; 1: 7 (3)');
    expect(await change(ledger, sell('a'))).toBe('sold');
    expect(await told(ledger, 1)).toBe('4 available; 1: 4');
  });

  test('fewer cannot be counted than are held, and the refusal names the holds', async () => {
    const ledger = open();
    await submit(ledger, receipt(1, 5));
    await change(ledger, put('a', 60, line(1, 3)));
    const count = { kind: 'count', productID: 1, isOnHand: true } as const;
    expect(await submit(ledger, { ...count, availableQuantity: 2 })).toEqual(['below-held']);
    expect(await submit(ledger, { ...count, availableQuantity: 4 })).toEqual([1]);
    // Without isOnHand it sets what is available.
    expect(await submit(ledger, { kind: 'count', productID: 1, availableQuantity: 0 })).toEqual([
      0,
    ]);
    expect(await told(ledger, 1)).toBe('0 available; 1: 3 (3)');
  });

  test('a transfer is on its way until it has arrived, and all that was sent is accounted for', async () => {
    const ledger = open();
    const other = open();
    await addLocation(ledger, 2);
    await submit(ledger, receipt(1, 10), receipt(2, 3));
    const ship = (quantity: number): DocumentCommand => ({
      kind: 'ship',
      from: 1,
      to: 2,
      expectedAt: null,
      reference: null,
      lines: [
        { productID: 1, quantity },
        { productID: 2, quantity: 3 },
      ],
    });
    expect(await change(ledger, ship(11))).toBe('insufficient-stock');
    expect(await change(ledger, ship(8))).toBe('open');
    const [{ documentID: transferID } = { documentID: 0 }] = (await other.documents()).open(
      'transfer',
    );
    expect(await told(other, 1)).toBe('2 available; 1: 2, transit: 8');
    const receive = (productID: number, received: number, damaged = 0, returned = 0) =>
      ({
        kind: 'receive',
        transferID,
        lines: [{ productID, received, damaged, returned }],
      }) as const;
    expect(await change(other, receive(1, 9))).toBe('exceeds-outstanding');
    expect(await change(other, receive(1, 3, 1, 1))).toBe('open');
    expect(await told(ledger, 1)).toBe('6 available; 1: 3, 2: 3, transit: 3');
    expect(await change(ledger, receive(1, 2, 2))).toBe('exceeds-outstanding');
    expect(await change(ledger, receive(2, 3))).toBe('open');
    expect((await ledger.documents()).size).toBe(1);
    const retired = await ledger.submit({
      kind: 'location',
      command: { kind: 'retire', locationID: 2 },
    });
    expect(retired.outcome).toMatchObject({ refusal: 'location-in-use' });
    const close = {
      kind: 'close-transfer',
      transferID,
      remainder: 'lost',
      note: 'fell off',
    } as const;
    expect(await change(other, close)).toBe('closed');
    expect(await told(ledger, 1)).toBe('6 available; 1: 3, 2: 3, transit: 0');
    expect(await change(ledger, close)).toBe('transfer-closed');
    expect(await change(ledger, receive(1, 1))).toBe('transfer-closed');
    expect(await change(ledger, { ...close, transferID: 99 })).toBe('unknown-transfer');
    const ended = await ledger.ask.endedDocuments({ kind: 'transfer', limit: 10 });
    expect(ended.map(({ document, note }) => `${document} ${note}`)).toEqual([
      `transfer:${transferID} fell off`,
    ]);
  });

  test('a copy of a request gets the same answer, and is recorded once', async () => {
    const ledger = open();
    await submit(ledger, receipt(1, 5));
    const request = { key: 'k', fingerprint: 'f'.repeat(64), resource: 'hold' };
    const command = put('a', 60, line(1, 3));
    const first = await ledger.submit({ kind: 'document', command, request });
    await change(ledger, put('a', 60, line(1, 1)));
    const again = await open().submit({ kind: 'document', command, request });
    expect(again).toEqual({ ...first, replayed: true });
    expect(await told(ledger, 1)).toBe('4 available; 1: 5 (1)');
  });
});

import type { Command } from '../../app/ledger/command';
import { cellsByJoin, cellsInMemory, imbalancesOf } from '../../app/ledger/conservation';
import type { DocumentCommand, HoldLine } from '../../app/ledger/documents/document-command';
import { Ledger } from '../../app/ledger/ledger';
import { moveCommands } from '../../app/ledger/move';
import type { LedgerStore } from '../../app/ledger/store';
import { onEveryStore } from '../stores';
import { count, receipt, sale } from './placed-ledger';

/** The most that a row by hand can name. */
const COLUMN_MAX = 2 ** 32 - 1;

const LIMITS = {
  writer: { queueLimit: 100, groupLimit: 100, timeoutMs: 10_000 },
  reads: { timeoutMs: 5_000, tries: 10 },
};

let marks = 0;

const line = (quantity: number, locationID = 1): HoldLine => ({
  productID: 1,
  locationID,
  quantity,
});

/** Rows that an administrator inserts know nothing of holds and places. Nothing that they say may keep the ledger from going on. */
onEveryStore((place) => {
  const clock = { now: new Date() };
  let store: LedgerStore;
  let ledger: Ledger;
  beforeEach(async () => {
    clock.now = new Date();
    store = place().open();
    const surroundings = {
      now: () => clock.now,
      drawTurnMark: () => {
        marks += 1;
        return marks;
      },
      onRewound: () => {
        throw new Error('nothing here goes back');
      },
    };
    ledger = new Ledger(store, surroundings, LIMITS);
    const command = { kind: 'put', locationID: 2, name: 'Van', address: null } as const;
    await ledger.submit({ kind: 'location', command });
  });
  afterEach(async () => {
    await ledger.close();
    await store.close();
  });

  const submit = async (...commands: Command[]) => {
    const answer = await ledger.submit({ kind: 'stock', mode: 'each', commands });
    if (answer.answer !== 'outcomes') throw new Error(answer.answer);
    return answer.outcomes.map((each) => ('refusal' in each ? each : each.availableQuantity));
  };
  const change = async (command: DocumentCommand) => {
    const answer = await ledger.submit({ kind: 'document', command });
    if (answer.answer !== 'outcomes') throw new Error(answer.answer);
    const [outcome] = answer.outcomes;
    return outcome && ('refusal' in outcome ? outcome.refusal : outcome.state);
  };
  const hold = (...lines: HoldLine[]) =>
    change({ kind: 'put-hold', holdID: 'h', expiresIn: 60, lines, reference: null });
  const byHand = (columns: string, values: string) =>
    place().sql(`INSERT INTO inventory (${columns}) VALUES (${values})`);
  const total = (available: number) => byHand('productID, availableQuantity', `1, ${available}`);

  /** Each cell as `location: on hand (held)`. */
  async function cells(): Promise<string> {
    const audit = await store.audit();
    const lines = cellsInMemory(audit.cells);
    expect(lines).toEqual(cellsByJoin(audit));
    return lines
      .map(({ locationID, onHandQuantity, heldQuantity }) => {
        return `${locationID}: ${onHandQuantity}${heldQuantity > 0 ? ` (${heldQuantity})` : ''}`;
      })
      .join(', ');
  }

  /** When the hold ends, which the first turn after its time does. */
  async function afterItsTime(): Promise<void> {
    clock.now = new Date(Date.now() + 3_600_000);
    expect(await submit(receipt(2, 1))).toEqual([1]);
    expect((await ledger.documents()).size).toBe(0);
  }

  test('fewer than the others have: what is there too many cannot be taken, and nothing goes below 0', async () => {
    await submit(receipt(1, 4, 2));
    await total(1);
    expect(await cells()).toBe('1: -3, 2: 4');
    const refused = {
      refusal: 'insufficient-stock',
      productID: 1,
      locationID: 2,
      availableQuantity: 1,
    };
    expect(await submit(sale(1, 4, 2))).toEqual([refused]);
    expect(await hold(line(2, 2))).toBe('lines-refused');
    const ship = { from: 2, to: 1, expectedAt: null, reference: null };
    const lines = [{ productID: 1, quantity: 2 }];
    expect(await change({ kind: 'ship', ...ship, lines })).toBe('lines-refused');
    expect(await submit(sale(1, 1, 2), count(1, 0, 1), sale(1, 3, 2))).toEqual([0, 3, 0]);
    expect(imbalancesOf(await store.audit())).toEqual([]);
  });

  test.each(['expired', 'sold', 'released', 'extended'])(
    'fewer on hand than are held: the hold can be %s, and then no place has less than nothing',
    async (end) => {
      await submit(receipt(1, 4), receipt(1, 4, 2));
      await hold(line(3));
      await total(0);
      expect(await cells()).toBe('1: -1 (3), 2: 4');
      const holdID = 'h';
      if (end === 'expired') await afterItsTime();
      if (end === 'released') await change({ kind: 'release-hold', holdID });
      if (end === 'extended') await change({ kind: 'extend-hold', holdID, expiresIn: 60 });
      if (end === 'sold') {
        await change({ kind: 'sell-hold', holdID, unitPrice: null, orSell: false });
      }
      expect(await cells()).toContain(`1: ${end === 'extended' ? '3 (3)' : '0'}, 2: 4`);
      expect((await ledger.stock()).get(1)?.availableQuantity).toBe(4);
      expect(imbalancesOf(await store.audit())).toEqual([]);
    },
  );

  test('a row of another place, where units are held: they stay held until the hold ends', async () => {
    await submit(receipt(1, 4, 2));
    await hold(line(3, 2));
    await byHand('productID, locationID, availableQuantity', '1, 2, 0');
    expect(await cells()).toBe('2: 3 (3)');
    const retire = { kind: 'retire', locationID: 2 } as const;
    const { outcome } = await ledger.submit({ kind: 'location', command: retire });
    expect(outcome).toMatchObject({ refusal: 'location-in-use' });
    await afterItsTime();
    expect(await cells()).toContain('2: 3, ');
  });

  test.each(['expired', 'sold', 'released'])(
    'a row that says that nothing is there or held: the location stays, and the hold can be %s',
    async (end) => {
      await submit(receipt(1, 4, 2));
      await hold(line(3, 2));
      const columns = 'productID, availableQuantity, locationID, onHandQuantity, heldQuantity';
      await byHand(columns, '1, 0, 2, 0, 0');
      const retire = { kind: 'retire', locationID: 2 } as const;
      const { outcome } = await ledger.submit({ kind: 'location', command: retire });
      expect(outcome).toMatchObject({ refusal: 'location-in-use', products: 1 });
      const holdID = 'h';
      if (end === 'expired') await afterItsTime();
      if (end === 'released') await change({ kind: 'release-hold', holdID });
      if (end === 'sold') {
        await change({ kind: 'sell-hold', holdID, unitPrice: null, orSell: false });
      }
      expect((await ledger.documents()).size).toBe(0);
      expect((await ledger.stock()).get(1)?.availableQuantity).toBe(0);
      expect((await ledger.submit({ kind: 'location', command: retire })).outcome).toMatchObject({
        retired: true,
      });
    },
  );

  test('so many that the held ones do not fit beside them: the hold ends, and all can be sold', async () => {
    await submit(receipt(1, 4));
    await hold(line(3));
    await total(COLUMN_MAX);
    expect(await submit(sale(1, 1))).toEqual([COLUMN_MAX - 3]);
    await total(COLUMN_MAX);
    await afterItsTime();
    expect(await cells()).toContain(`1: ${COLUMN_MAX}, `);
  });

  test('a move that is refused says what the other places had before it', async () => {
    await submit(receipt(1, 3), receipt(1, 1, 2));
    const lines = [{ productID: 1, quantity: 5 }];
    const answer = await ledger.submit({
      kind: 'stock',
      mode: 'all',
      commands: moveCommands({ from: 1, to: 2, lines }),
    });
    expect(answer).toMatchObject({
      outcomes: [
        { refusal: 'withheld' },
        {
          refusal: 'insufficient-stock',
          availableQuantity: 3,
          elsewhere: [{ locationID: 2, availableQuantity: 1 }],
        },
      ],
    });
  });
});

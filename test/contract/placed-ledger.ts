import type { Command } from '../../app/ledger/command';
import type { DocumentCommand, ReceivedLine } from '../../app/ledger/documents/document-command';
import { Ledger } from '../../app/ledger/ledger';
import { moveCommands } from '../../app/ledger/move';
import type { LedgerStore } from '../../app/ledger/store';
import type { LedgerPlace } from '../stores';

const LIMITS = {
  writer: { queueLimit: 100, groupLimit: 100, timeoutMs: 10_000 },
  reads: { timeoutMs: 5_000, tries: 10 },
};

let marks = 0;

/** A ledger whose products are at several places, and short words for what may happen to it. */
export class PlacedLedger {
  readonly ledger: Ledger;
  readonly #place: LedgerPlace;

  private constructor(store: LedgerStore, place: LedgerPlace) {
    this.#place = place;
    const surroundings = {
      now: () => new Date(),
      drawTurnMark: () => {
        marks += 1;
        return marks;
      },
      onRewound: () => {
        throw new Error('nothing here goes back');
      },
    };
    this.ledger = new Ledger(store, surroundings, LIMITS);
  }

  static async on(store: LedgerStore, place: LedgerPlace): Promise<PlacedLedger> {
    const placed = new PlacedLedger(store, place);
    // Makes the tables, for the rows by hand.
    await placed.ledger.stock();
    return placed;
  }

  insert(columns: string, values: string): Promise<unknown> {
    return this.#place.sql(`INSERT INTO inventory (${columns}) VALUES (${values})`);
  }

  byHand(productID: number, availableQuantity: number): Promise<unknown> {
    return this.insert('productID, availableQuantity', `${productID}, ${availableQuantity}`);
  }

  put(locationID: number, sellable?: boolean): Promise<unknown> {
    const command = { kind: 'put', locationID, name: 'Place', sellable, address: null } as const;
    return this.ledger.submit({ kind: 'location', command });
  }

  submit(...commands: Command[]): Promise<unknown> {
    return this.ledger.submit({ kind: 'stock', mode: 'each', commands });
  }

  /** Everything that there may be: rows by hand, places that do not sell, moves, counts at places. */
  readonly steps: readonly (() => Promise<unknown>)[] = [
    () => this.byHand(1, 4),
    () => this.put(2),
    () => this.put(3, false),
    () => this.submit(receipt(1, 5)),
    () => this.submit(receipt(1, 3, 2), receipt(2, 9, 3), sale(1, 2, 2)),
    () => this.byHand(1, 20),
    () => this.byHand(1, 12),
    () => this.submit(...move(1, 1, 3, 6)),
    () => this.submit(...move(2, 3, 2, 4)),
    () => this.byHand(2, 7),
    () => this.submit(sale(2, 1), count(1, 2, 3)),
    () => this.byHand(3, 8),
  ];

  /** What holds and transfers add to that. */
  readonly documentSteps: readonly (() => Promise<unknown>)[] = [
    () => this.#document(hold('a', [3, 1, 2], [1, 2, 1], [1, 1, 3])),
    () => this.byHand(3, 9),
    () => this.#document(ship(3, 4)),
    () => this.#document(receive({ productID: 3, received: 1, damaged: 1, returned: 1 })),
    () => this.submit(sale(3, 1)),
    () => this.byHand(1, 6),
    () => this.#document(hold('b', [2, 1, 1])),
    () => this.#document(hold('a', [3, 1, 1], [1, 1, 4])),
  ];

  /** What ends all holds and transfers. */
  readonly lastSteps: readonly (() => Promise<unknown>)[] = [
    () => this.#document({ kind: 'release-hold', holdID: 'a' }),
    () => this.#document({ kind: 'sell-hold', holdID: 'b', unitPrice: null, orSell: false }),
    () =>
      this.#document({ ...THE_TRANSFER, kind: 'close-transfer', remainder: 'lost', note: null }),
  ];

  async takeAllSteps(): Promise<void> {
    for (const step of this.steps) await step();
  }

  async #document(command: DocumentCommand): Promise<void> {
    const answer = await this.ledger.submit({ kind: 'document', command });
    if (answer.answer !== 'outcomes') throw new Error(answer.answer);
    for (const outcome of answer.outcomes) {
      if ('refusal' in outcome) throw new Error(outcome.refusal);
    }
  }
}

export function receipt(productID: number, quantityChange: number, locationID?: number): Command {
  return { kind: 'movement', reason: 'receipt', productID, quantityChange, locationID };
}

export function sale(productID: number, quantity: number, locationID?: number): Command {
  return { kind: 'sale', productID, quantity, unitPrice: null, locationID };
}

export function count(productID: number, availableQuantity: number, locationID?: number): Command {
  return { kind: 'count', productID, availableQuantity, locationID };
}

function hold(holdID: string, ...units: [productID: number, at: number, quantity: number][]) {
  const lines = units.map(([productID, locationID, quantity]) => {
    return { productID, locationID, quantity };
  });
  return { kind: 'put-hold', holdID, lines, expiresIn: 3_600, reference: null } as const;
}

/** Its number is that of the first step: a hold had one before. */
const THE_TRANSFER = { transferID: 2 } as const;

function ship(productID: number, quantity: number) {
  const to = { from: 1, to: 2, expectedAt: null, reference: null };
  return { kind: 'ship', ...to, lines: [{ productID, quantity }] } as const;
}

function receive(line: ReceivedLine) {
  return { kind: 'receive', ...THE_TRANSFER, lines: [line] } as const;
}

function move(productID: number, from: number, to: number, quantity: number): Command[] {
  return moveCommands({ from, to, lines: [{ productID, quantity }] });
}

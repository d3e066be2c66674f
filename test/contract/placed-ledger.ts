import type { Command } from '../../app/ledger/command';
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

  async takeAllSteps(): Promise<void> {
    for (const step of this.steps) await step();
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

function move(productID: number, from: number, to: number, quantity: number): Command[] {
  return moveCommands({ from, to, lines: [{ productID, quantity }] });
}

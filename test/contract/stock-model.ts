import { type Command, reasonOf, saleNamedBy } from '../../app/ledger/command';
import type { Reason } from '../../app/ledger/reason';

/** One record, without its mark. */
export interface ModelRecord {
  readonly record: number;
  readonly productID: number;
  readonly availableQuantity: number;
  readonly reason: Reason;
  readonly quantityChange: number | null;
  readonly quantity: number | null;
  readonly unitPrice: number | null;
  readonly saleRecord: number | null;
  readonly reference: string | null;
  readonly note: string | null;
  readonly recordedAt: Date;
}

const NOTHING_SAID = {
  quantityChange: null,
  quantity: null,
  unitPrice: null,
  saleRecord: null,
  reference: null,
  note: null,
};
const MOST = 2 ** 31 - 1;

/** An independent model of the ledger: a list of records, searched from its end. */
export class StockModel {
  readonly records: ModelRecord[] = [];
  /** The time of what happens now. */
  now = new Date('2026-11-23T22:00:00.000Z');

  latest(productID: number): ModelRecord | undefined {
    return this.records.findLast((record) => record.productID === productID);
  }

  /** The latest record of each product, by productID. */
  inOrder(): ModelRecord[] {
    const productIDs = new Set(this.records.map(({ productID }) => productID));
    return [...productIDs]
      .sort((a, b) => a - b)
      .map((productID) => this.latest(productID) as ModelRecord);
  }

  insertByHand(productID: number, availableQuantity: number): void {
    this.#append({ ...NOTHING_SAID, productID, availableQuantity, reason: 'count' });
  }

  /** The outcome that a command must have. If it is no refusal, it is recorded. */
  decide(command: Command): object {
    const { productID } = command;
    const latest = this.latest(productID);
    const had = latest?.availableQuantity ?? 0;
    const availableQuantity = latest?.availableQuantity ?? null;
    const mayBeFirst =
      command.kind === 'count' || (command.kind === 'movement' && command.reason === 'receipt');
    if (!latest && !mayBeFirst && command.expectedRecords === undefined) {
      return { refusal: 'unknown-product', productID };
    }
    if (!expectsRecord(command, latest)) {
      const record = latest?.record ?? null;
      return { refusal: 'stale-record', productID, record, availableQuantity };
    }
    if (![undefined, availableQuantity].includes(command.expectedQuantity)) {
      return { refusal: 'unexpected-quantity', productID, availableQuantity };
    }
    const saleRecord = saleNamedBy(command);
    const sale = this.records.find(({ record }) => record === saleRecord);
    if (saleRecord !== null && command.kind === 'movement') {
      if (sale?.reason !== 'sale' || sale.productID !== productID) {
        return { refusal: 'unknown-sale', productID, saleRecord };
      }
      const returnableQuantity = this.#returnable(sale);
      if (command.quantityChange > returnableQuantity) {
        return { refusal: 'return-exceeds-sale', productID, saleRecord, returnableQuantity };
      }
    }
    if (command.kind === 'cancellation') {
      if (sale?.reason !== 'sale' || sale.productID !== productID) {
        return { refusal: 'unknown-sale', productID, saleRecord };
      }
      const taken = this.records.filter(({ saleRecord }) => saleRecord === sale.record);
      const by = taken.find(({ reason }) => reason === 'cancellation');
      if (by) return { refusal: 'sale-cancelled', productID, saleRecord, record: by.record };
      const returnedQuantity = (sale.quantity ?? 0) - this.#returnable(sale);
      if (returnedQuantity > 0) {
        return { refusal: 'sale-returned', productID, saleRecord, returnedQuantity };
      }
    }
    const quantityChange = changeBy(command, had, sale);
    if (had + quantityChange < 0) {
      return { refusal: 'insufficient-stock', productID, availableQuantity: had };
    }
    if (had + quantityChange > MOST) {
      return { refusal: 'stock-limit', productID, availableQuantity: had };
    }
    return this.#append({
      productID,
      availableQuantity: had + quantityChange,
      reason: reasonOf(command),
      quantityChange,
      quantity: command.kind === 'sale' || sale ? 0 - quantityChange : null,
      unitPrice: (command.kind === 'sale' ? command.unitPrice : sale?.unitPrice) ?? null,
      saleRecord,
      reference: command.reference ?? null,
      note: command.note ?? null,
    });
  }

  #returnable(sale: ModelRecord): number {
    return this.records
      .filter(({ saleRecord }) => saleRecord === sale.record)
      .reduce((left, { quantity }) => left + (quantity ?? 0), sale.quantity ?? 0);
  }

  #append(record: Omit<ModelRecord, 'record' | 'recordedAt'>): object {
    const appended = { ...record, record: this.records.length + 1, recordedAt: this.now };
    this.records.push(appended);
    return appended;
  }
}

function expectsRecord({ expectedRecords }: Command, latest: ModelRecord | undefined): boolean {
  if (expectedRecords === undefined) return true;
  if (latest === undefined) return false;
  return expectedRecords === 'any' || expectedRecords.includes(latest.record);
}

function changeBy(command: Command, had: number, sale: ModelRecord | undefined): number {
  if (command.kind === 'cancellation') return sale?.quantity ?? 0;
  if (command.kind === 'held') return 0 - command.heldChange;
  if (command.kind === 'count') return command.availableQuantity - had;
  if (command.kind === 'movement') return command.quantityChange;
  return command.kind === 'move' && command.direction === 'in'
    ? command.quantity
    : 0 - command.quantity;
}

/** What was sold, in groups, as the plain query over the records that defines it would say. */
export function soldBy<K extends string | number>(
  records: readonly ModelRecord[],
  group: (record: ModelRecord) => K,
) {
  const sums = new Map<K, { unitsSold: number; unitsPriced: number; revenue: bigint }>();
  for (const record of records) {
    if (record.quantity === null) continue;
    const sum = sums.get(group(record)) ?? { unitsSold: 0, unitsPriced: 0, revenue: 0n };
    sum.unitsSold += record.quantity;
    if (record.unitPrice !== null) {
      sum.unitsPriced += record.quantity;
      sum.revenue += BigInt(record.quantity) * BigInt(record.unitPrice);
    }
    sums.set(group(record), sum);
  }
  return sums;
}

import type { DocumentCommand, HoldLine } from '../../app/ledger/documents/document-command';
import { IN_TRANSIT } from '../../app/ledger/locations/location';
import type { PlacedCommand, PlacedModel } from './placed-model';

/** One step of a hold or a transfer. */
export interface ModelStep {
  readonly entry: number;
  readonly documentID: number;
  readonly document: string;
  readonly step: number;
  readonly kind: 'hold' | 'transfer';
  readonly state: 'open' | 'sold' | 'released' | 'expired' | 'closed';
  readonly lines: readonly ModelLine[];
  readonly from: number | null;
  readonly to: number | null;
  readonly expiresAt: Date | null;
  readonly reference: string | null;
  readonly note: string | null;
  readonly firstRecord: number;
  readonly records: number;
  readonly recordedAt: Date;
}

interface ModelLine extends HoldLine {
  readonly sold?: number;
  readonly received?: number;
  readonly damaged?: number;
  readonly returned?: number;
  readonly lost?: number;
}

type Said = Pick<ModelStep, 'kind' | 'state' | 'lines' | 'from' | 'to'> &
  Pick<ModelStep, 'expiresAt' | 'reference' | 'note'>;
type Indexed = readonly [index: number, command: PlacedCommand];
type Of<K extends DocumentCommand['kind']> = Extract<DocumentCommand, { kind: K }>;

const isSame = (a: HoldLine) => (b: HoldLine) =>
  a.productID === b.productID && a.locationID === b.locationID;
const unitsIn = (lines: readonly HoldLine[], line: HoldLine) =>
  lines.find(isSame(line))?.quantity ?? 0;

/** An independent model of holds and transfers: a list of steps, of which the last of each name counts. */
export class PlacedDocuments {
  readonly steps: ModelStep[] = [];
  readonly #stock: PlacedModel;

  constructor(stock: PlacedModel) {
    this.#stock = stock;
    stock.holdsIn = (productID, locationID) =>
      this.open('hold')
        .filter(({ lines }) => unitsIn(lines, { productID, locationID, quantity: 0 }) > 0)
        .map(({ document }) => document.slice('hold:'.length));
    stock.transfersAt = (locationID) =>
      this.open('transfer').filter(({ from, to }) => [from, to].includes(locationID)).length;
  }

  latest(document: string): ModelStep | undefined {
    return this.steps.findLast((step) => step.document === document);
  }

  open(kind: ModelStep['kind']): ModelStep[] {
    return this.steps
      .filter((step) => step.kind === kind && step.state === 'open')
      .filter((step) => this.latest(step.document) === step)
      .sort((a, b) => a.documentID - b.documentID);
  }

  /** Every turn first ends what is due, the earliest first. */
  expire(): void {
    const now = this.#stock.now.getTime();
    const end = ({ expiresAt }: ModelStep) => (expiresAt as Date).getTime();
    const due = this.open('hold').filter((hold) => end(hold) <= now);
    for (const hold of due.sort((a, b) => end(a) - end(b))) this.#end(hold, 'expired', 'expiry');
  }

  /** The outcome that a change must have. */
  decide(command: DocumentCommand): object {
    switch (command.kind) {
      case 'put-hold':
        return this.#put(command);
      case 'extend-hold':
      case 'release-hold':
      case 'sell-hold':
        return this.#changeHold(command);
      case 'ship':
        return this.#ship(command);
      case 'receive':
      case 'close-transfer':
        return this.#changeTransfer(command);
    }
  }

  #put({ holdID, lines, expiresIn, reference }: Of<'put-hold'>): object {
    const before = this.latest(`hold:${holdID}`);
    if (before && before.state !== 'open') return ended(before);
    const had = before?.lines ?? [];
    const expiresAt = this.#in(expiresIn);
    const dropped = had.filter((line) => unitsIn(lines, line) === 0);
    const commands: Indexed[] = [
      ...dropped.map((line): Indexed => [0, held(line, 'release', -line.quantity)]),
      ...lines.map((line, index): Indexed => {
        return [index, held(line, 'hold', line.quantity - unitsIn(had, line), expiresAt)];
      }),
    ];
    const said = { kind: 'hold', state: 'open', from: null, to: null, note: null } as const;
    return this.#record(`hold:${holdID}`, commands, { ...said, lines, expiresAt, reference });
  }

  #changeHold(command: Of<'extend-hold' | 'release-hold' | 'sell-hold'>): object {
    const { holdID } = command;
    const hold = this.latest(`hold:${holdID}`);
    if (!hold) return { refusal: 'unknown-hold', holdID };
    const isOpen = hold.state === 'open';
    if (command.kind === 'sell-hold') {
      const isLate = command.orSell && hold.state !== 'sold';
      return isOpen || isLate ? this.#sell(hold, command) : ended(hold);
    }
    if (!isOpen) return ended(hold);
    if (command.kind === 'release-hold') return this.#end(hold, 'released', 'release');
    const expiresAt = this.#in(command.expiresIn);
    const commands = hold.lines.map((line): Indexed => [0, held(line, 'hold', 0, expiresAt)]);
    return this.#record(hold.document, commands, { ...hold, expiresAt });
  }

  #end(hold: ModelStep, state: ModelStep['state'], reason: 'release' | 'expiry'): object {
    const commands = hold.lines.map((line): Indexed => [0, held(line, reason, -line.quantity)]);
    return this.#record(hold.document, commands, { ...hold, state });
  }

  #sell(hold: ModelStep, { holdID, lines: sold = hold.lines, unitPrice }: Of<'sell-hold'>): object {
    for (const line of sold) {
      const heldQuantity = unitsIn(hold.lines, line);
      const { productID, locationID } = line;
      if (line.quantity > heldQuantity) {
        return { refusal: 'exceeds-hold', holdID, productID, locationID, heldQuantity };
      }
    }
    const isOpen = hold.state === 'open';
    const sales = sold.map(({ productID, locationID, quantity }, index): Indexed => {
      const sale = { kind: 'sale', productID, locationID, quantity, unitPrice } as const;
      return [index, isOpen ? { ...sale, isHeld: true } : sale];
    });
    const rest = hold.lines
      .map((line): Indexed => [0, held(line, 'release', unitsIn(sold, line) - line.quantity)])
      .filter(([, command]) => isOpen && 'heldChange' in command && command.heldChange !== 0);
    const lines = hold.lines.map((line) => {
      const units = unitsIn(sold, line);
      return units > 0 ? { ...line, sold: units } : line;
    });
    return this.#record(hold.document, [...sales, ...rest], { ...hold, state: 'sold', lines });
  }

  #ship({ from, to, lines, reference }: Of<'ship'>): object {
    const end = this.#stock.locations.get(to);
    if (!end || end.retired) {
      const refused = lines.map(({ productID }, index) => ({
        index,
        why: {
          ...{ refusal: 'unknown-location', productID, locationID: to },
          ...(end && { retired: true }),
        },
      }));
      return { refusal: 'lines-refused', lines: lines.length, refused };
    }
    const commands = lines.flatMap(({ productID, quantity }, index) =>
      moved(index, productID, quantity, from, IN_TRANSIT),
    );
    return this.#record(`transfer:${this.steps.length + 1}`, commands, {
      ...{ kind: 'transfer', state: 'open', from, to, reference, expiresAt: null, note: null },
      // Where its goods are is said by the transfer, not by its lines.
      lines: lines as readonly ModelLine[],
    });
  }

  #changeTransfer(command: Of<'receive' | 'close-transfer'>): object {
    const { transferID } = command;
    const transfer = this.latest(`transfer:${transferID}`);
    if (!transfer) return { refusal: 'unknown-transfer', transferID };
    if (transfer.state === 'closed') {
      return { refusal: 'transfer-closed', transferID, ...endOf(transfer) };
    }
    const left = (productID: number) => {
      const line = transfer.lines.find((each) => each.productID === productID);
      return line ? outstanding(line) : 0;
    };
    const note = command.kind === 'receive' ? transfer.note : command.note;
    const arrived =
      command.kind === 'receive'
        ? command.lines.map((line) => ({ ...line, lost: 0 }))
        : transfer.lines
            .filter((line) => outstanding(line) > 0)
            .map((line) => ({
              ...{ productID: line.productID, received: 0, damaged: 0 },
              returned: command.remainder === 'returned' ? outstanding(line) : 0,
              lost: command.remainder === 'lost' ? outstanding(line) : 0,
            }));
    for (const { productID, received, damaged, returned, lost } of arrived) {
      if (received + damaged + returned + lost > left(productID)) {
        const refusal = 'exceeds-outstanding';
        return { refusal, transferID, productID, outstanding: left(productID) };
      }
    }
    const gone = (index: number, productID: number, units: number, reason: 'waste' | 'loss') => {
      const gone = { kind: 'movement', productID, quantityChange: -units, reason } as const;
      return units > 0 ? [[index, { ...gone, locationID: IN_TRANSIT }] as const] : [];
    };
    const { from, to } = transfer as { from: number; to: number };
    const commands = arrived.flatMap(({ productID, received, damaged, returned, lost }, index) => [
      ...moved(index, productID, received, IN_TRANSIT, to),
      ...moved(index, productID, returned, IN_TRANSIT, from),
      ...gone(index, productID, damaged, 'waste'),
      ...gone(index, productID, lost, 'loss'),
    ]);
    const lines = transfer.lines.map((line) => {
      const step = arrived.find(({ productID }) => productID === line.productID);
      const total: Record<string, number> = { ...line } as never;
      for (const name of ['received', 'damaged', 'returned', 'lost'] as const) {
        const units = (line[name] ?? 0) + (step?.[name] ?? 0);
        if (units > 0) total[name] = units;
      }
      return total as unknown as ModelLine;
    });
    const state = lines.every((line) => outstanding(line) === 0) ? 'closed' : 'open';
    return this.#record(transfer.document, commands, { ...transfer, state, lines, note });
  }

  #in(seconds: number): Date {
    return new Date(this.#stock.now.getTime() + seconds * 1_000);
  }

  #record(document: string, commands: readonly Indexed[], said: Said): object {
    const { reference, note } = said;
    const firstRecord = this.#stock.records.length + 1;
    const outcomes = this.#stock.submit(
      commands.map(([, command]) => ({ ...command, document, reference, note })),
      'all',
    );
    const why = new Map<number, object>();
    for (const [position, outcome] of outcomes.entries()) {
      const [index] = commands[position] as Indexed;
      const isWithheld = 'refusal' in outcome && outcome.refusal === 'withheld';
      if ('refusal' in outcome && !isWithheld && !why.has(index)) why.set(index, outcome);
    }
    if (why.size > 0) {
      const lines = 1 + Math.max(...commands.map(([index]) => index));
      const refused = [...why].map(([index, why]) => ({ index, why }));
      return { refusal: 'lines-refused', lines, refused };
    }
    const before = this.latest(document);
    const entry = this.steps.length + 1;
    const { kind, state, lines, from, to, expiresAt } = said;
    const step: ModelStep = {
      ...{ kind, state, lines, from, to, expiresAt, reference, note },
      ...{ entry, document, documentID: before?.documentID ?? entry },
      ...{ step: (before?.step ?? 0) + 1, firstRecord, records: commands.length },
      recordedAt: this.#stock.now,
    };
    this.steps.push(step);
    return step;
  }
}

function outstanding(line: ModelLine): number {
  const { quantity, received = 0, damaged = 0, returned = 0, lost = 0 } = line;
  return quantity - received - damaged - returned - lost;
}

function endOf({ recordedAt, firstRecord, records }: ModelStep) {
  return { endedAt: recordedAt.toISOString(), record: firstRecord + records - 1 };
}

function ended(hold: ModelStep): object {
  const holdID = hold.document.slice('hold:'.length);
  return { refusal: 'hold-ended', holdID, ended: hold.state, ...endOf(hold) };
}

function held(
  { productID, locationID }: HoldLine,
  reason: 'hold' | 'release' | 'expiry',
  heldChange: number,
  expiresAt: Date | null = null,
): PlacedCommand {
  return { kind: 'held', productID, locationID, reason, heldChange, expiresAt };
}

function moved(index: number, productID: number, quantity: number, from: number, to: number) {
  const move = { kind: 'move', productID, quantity } as const;
  const both: Indexed[] = [
    [index, { ...move, direction: 'in', locationID: to }],
    [index, { ...move, direction: 'out', locationID: from }],
  ];
  return quantity > 0 ? both : [];
}

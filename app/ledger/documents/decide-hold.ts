import type { HeldCommand, SaleCommand } from '../command';
import { SALE_TOTAL_MAX } from '../money';
import type { Decided, DocumentDecision, DocumentFacts, LineCommand, NextStep } from './decision';
import {
  type DocumentEntry,
  type DocumentLine,
  holdIDOf,
  lastRecordOf,
  OPEN_DOCUMENTS_MAX,
} from './document';
import type {
  DocumentRefusal,
  HoldCommand,
  HoldLine,
  PutHoldCommand,
  SellHoldCommand,
} from './document-command';

/** Decides one change of a hold, except for what its lines need: that is decided by each change of stock. */
export function decideHold(facts: DocumentFacts, command: HoldCommand): Decided {
  const { latest } = facts;
  if (command.kind === 'put-hold') return put(facts, command);
  if (!latest) return { refusal: 'unknown-hold', holdID: command.holdID };
  if (command.kind === 'sell-hold') return sell(latest, command);
  if (latest.state !== 'open') return hasEnded(latest);
  return command.kind === 'extend-hold'
    ? extended(latest, endIn(facts.now, command.expiresIn))
    : released(latest, 'released');
}

/** How a hold ends whose time has come. */
export function expired(hold: DocumentEntry): DocumentDecision {
  return released(hold, 'expired');
}

/** What an open hold has counts as free for its replacement: each cell changes only by the difference. */
function put(
  { latest, open, now }: DocumentFacts,
  { lines, expiresIn, reference }: PutHoldCommand,
): Decided {
  if (latest && latest.state !== 'open') return hasEnded(latest);
  if (!latest && open >= OPEN_DOCUMENTS_MAX) {
    return { refusal: 'document-limit', limit: OPEN_DOCUMENTS_MAX };
  }
  const expiresAt = endIn(now, expiresIn);
  const before = latest?.lines ?? [];
  const dropped = before.filter((line) => !sameCell(lines, line));
  const commands = [
    // First what is given back: other lines of the same product may need it.
    ...dropped.map((line) => ({ index: 0, command: held(line, 'release', -line.quantity) })),
    ...lines.map((line, index) => {
      const change = line.quantity - (sameCell(before, line)?.quantity ?? 0);
      return { index, command: held(line, 'hold', change, expiresAt) };
    }),
  ];
  return { commands, next: { ...AS_HOLD, lines, expiresAt, reference } };
}

function extended(hold: DocumentEntry, expiresAt: Date): DocumentDecision {
  const commands = hold.lines.map((line, index) => ({
    index,
    command: held(line, 'hold', 0, expiresAt),
  }));
  return { commands, next: { ...hold, expiresAt } };
}

function released(hold: DocumentEntry, state: 'released' | 'expired'): DocumentDecision {
  const reason = state === 'expired' ? 'expiry' : 'release';
  const commands = hold.lines.map((line, index) => ({
    index,
    command: held(line, reason, -line.quantity),
  }));
  return { commands, next: { ...hold, state } };
}

function sell(hold: DocumentEntry, command: SellHoldCommand): Decided {
  const { lines: sold = hold.lines, unitPrice, orSell } = command;
  const isLate = hold.state !== 'open';
  if (isLate && (hold.state === 'sold' || !orSell)) return hasEnded(hold);
  const excess = sold.find((line) => line.quantity > (sameCell(hold.lines, line)?.quantity ?? 0));
  if (excess) {
    const { productID, locationID } = excess;
    const heldQuantity = sameCell(hold.lines, excess)?.quantity ?? 0;
    const holdID = holdIDOf(hold);
    return { refusal: 'exceeds-hold', holdID, productID, locationID, heldQuantity };
  }
  const tooLarge = sold.find(({ quantity }) => quantity * (unitPrice ?? 0) > SALE_TOTAL_MAX);
  if (tooLarge) {
    return { refusal: 'sale-too-large', productID: tooLarge.productID, limit: SALE_TOTAL_MAX };
  }
  const sales = sold.map((line, index): LineCommand => {
    const { productID, locationID, quantity } = line;
    const command: SaleCommand = {
      kind: 'sale',
      productID,
      locationID,
      quantity,
      unitPrice,
      ...(!isLate && { isHeld: true }),
    };
    return { index, command };
  });
  const rest = isLate ? [] : hold.lines.flatMap((line) => theRest(line, sold));
  const lines = hold.lines.map((line): DocumentLine => {
    const quantity = sameCell(sold, line)?.quantity ?? 0;
    return { ...line, ...(quantity > 0 && { sold: quantity }) };
  });
  return { commands: [...sales, ...rest], next: { ...hold, state: 'sold', lines } };
}

/** The release of what was not sold of a line, if there is any. */
function theRest(line: DocumentLine, sold: readonly HoldLine[]): LineCommand[] {
  const left = line.quantity - (sameCell(sold, line)?.quantity ?? 0);
  return left === 0 ? [] : [{ index: 0, command: held(line, 'release', -left) }];
}

function hasEnded(hold: DocumentEntry): DocumentRefusal {
  const { recordedAt } = hold;
  return {
    refusal: 'hold-ended',
    holdID: holdIDOf(hold),
    ended: hold.state as 'sold' | 'released' | 'expired',
    endedAt: recordedAt.toISOString(),
    record: lastRecordOf(hold),
  };
}

const AS_HOLD = {
  kind: 'hold',
  state: 'open',
  from: null,
  to: null,
  expectedAt: null,
  note: null,
} as const satisfies Partial<NextStep>;

function held(
  { productID, locationID }: HoldLine,
  reason: HeldCommand['reason'],
  heldChange: number,
  expiresAt: Date | null = null,
): HeldCommand {
  return { kind: 'held', productID, locationID, reason, heldChange, expiresAt };
}

function sameCell<L extends HoldLine>(lines: readonly L[], wanted: HoldLine): L | undefined {
  return lines.find(
    ({ productID, locationID }) =>
      productID === wanted.productID && locationID === wanted.locationID,
  );
}

function endIn(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}

import type { MoveCommand, MovementCommand } from '../command';
import { IN_TRANSIT, type Location } from '../locations/location';
import type { Decided, DocumentFacts, LineCommand } from './decision';
import {
  type DocumentEntry,
  type DocumentLine,
  lastRecordOf,
  OPEN_DOCUMENTS_MAX,
  outstandingOf,
} from './document';
import type {
  CloseTransferCommand,
  DocumentRefusal,
  ReceiveCommand,
  ReceivedLine,
  ShipCommand,
  TransferCommand,
} from './document-command';

/** Decides one change of a transfer, except for what its lines need: that is decided by each change of stock. */
export function decideTransfer(facts: DocumentFacts, command: TransferCommand): Decided {
  if (command.kind === 'ship') return ship(facts, command);
  const { latest } = facts;
  if (!latest) return { refusal: 'unknown-transfer', transferID: command.transferID };
  if (latest.state !== 'open') return isClosed(latest);
  return command.kind === 'receive' ? receive(latest, command) : close(latest, command);
}

function ship({ open, location }: DocumentFacts, command: ShipCommand): Decided {
  if (open >= OPEN_DOCUMENTS_MAX) return { refusal: 'document-limit', limit: OPEN_DOCUMENTS_MAX };
  const { from, to, expectedAt, reference } = command;
  const end = location(to);
  if (!end || end.retired) return noEnd(command, end);
  const lines = command.lines.map((line) => ({ ...line, locationID: from }));
  const commands = lines.flatMap(({ productID, quantity }, index) =>
    moved(index, productID, quantity, from, IN_TRANSIT),
  );
  const said = { from, to, expectedAt, expiresAt: null, reference, note: null };
  return { commands, next: { kind: 'transfer', state: 'open', lines, ...said } };
}

/** Refuses all lines: the goods could never be received. */
function noEnd({ to, lines }: ShipCommand, end: Location | undefined): DocumentRefusal {
  const refused = lines.map(({ productID }, index) => ({
    index,
    why: {
      refusal: 'unknown-location',
      productID,
      locationID: to,
      ...(end && { retired: true as const }),
    } as const,
  }));
  return { refusal: 'lines-refused', lines: lines.length, refused };
}

/** No more can arrive than is on its way: received, damaged and returned units together. */
function receive(transfer: DocumentEntry, { lines, transferID }: ReceiveCommand): Decided {
  for (const line of lines) {
    const sent = transfer.lines.find(({ productID }) => productID === line.productID);
    const outstanding = sent ? outstandingOf(sent) : 0;
    if (line.received + line.damaged + line.returned > outstanding) {
      const { productID } = line;
      return { refusal: 'exceeds-outstanding', transferID, productID, outstanding };
    }
  }
  return arrived(transfer, lines, {});
}

function close(transfer: DocumentEntry, { remainder, note }: CloseTransferCommand): Decided {
  const rest = transfer.lines
    .map((line) => ({ productID: line.productID, outstanding: outstandingOf(line) }))
    .filter(({ outstanding }) => outstanding > 0)
    .map(({ productID, outstanding }) => ({
      productID,
      received: 0,
      damaged: 0,
      returned: remainder === 'returned' ? outstanding : 0,
      lost: remainder === 'lost' ? outstanding : 0,
    }));
  return arrived(transfer, rest, { note });
}

/** What has become of one line by a step. */
type Arrived = ReceivedLine & { readonly lost?: number };

function arrived(
  transfer: DocumentEntry,
  steps: readonly Arrived[],
  said: { readonly note?: string | null },
): Decided {
  const commands = steps.flatMap((step, index) => arrival(transfer, step, index));
  const lines = transfer.lines.map((line) => {
    const step = steps.find(({ productID }) => productID === line.productID);
    return step ? added(line, step) : line;
  });
  const isAllThere = lines.every((line) => outstandingOf(line) === 0);
  return {
    commands,
    next: { ...transfer, ...said, state: isAllThere ? 'closed' : 'open', lines },
  };
}

function arrival(
  { from, to }: DocumentEntry,
  { productID, received, damaged, returned, lost = 0 }: Arrived,
  index: number,
): LineCommand[] {
  return [
    ...moved(index, productID, received, IN_TRANSIT, to as number),
    ...moved(index, productID, returned, IN_TRANSIT, from as number),
    ...gone(index, productID, damaged, 'waste'),
    ...gone(index, productID, lost, 'loss'),
  ];
}

function added(line: DocumentLine, step: Arrived): DocumentLine {
  const sum = (name: 'received' | 'damaged' | 'returned' | 'lost') => {
    const units = (line[name] ?? 0) + (step[name] ?? 0);
    return units > 0 ? { [name]: units } : {};
  };
  return { ...line, ...sum('received'), ...sum('damaged'), ...sum('returned'), ...sum('lost') };
}

/** First in, then out, as with every move. */
function moved(
  index: number,
  productID: number,
  quantity: number,
  from: number,
  to: number,
): LineCommand[] {
  if (quantity === 0) return [];
  const move = { kind: 'move', productID, quantity } as const;
  const commands: MoveCommand[] = [
    { ...move, direction: 'in', locationID: to },
    { ...move, direction: 'out', locationID: from },
  ];
  return commands.map((command) => ({ index, command }));
}

function gone(
  index: number,
  productID: number,
  quantity: number,
  reason: 'waste' | 'loss',
): LineCommand[] {
  if (quantity === 0) return [];
  const command: MovementCommand = {
    kind: 'movement',
    productID,
    reason,
    quantityChange: -quantity,
    locationID: IN_TRANSIT,
  };
  return [{ index, command }];
}

function isClosed(transfer: DocumentEntry): DocumentRefusal {
  const { documentID, recordedAt } = transfer;
  return {
    refusal: 'transfer-closed',
    transferID: documentID,
    endedAt: recordedAt.toISOString(),
    record: lastRecordOf(transfer),
  };
}

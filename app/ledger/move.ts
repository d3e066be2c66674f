import type { MoveCommand } from './command';
import type { SomeAnnotations } from './record';

/** Goods that go from one location to another at once. */
export interface Move extends SomeAnnotations {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly { readonly productID: number; readonly quantity: number }[];
  readonly occurredAt?: Date | undefined;
}

/** The commands of a move: of each line first in, then out, so that the product never seems to have less. Submit all or none. */
export function moveCommands({ from, to, lines, ...extras }: Move): MoveCommand[] {
  return lines.flatMap((line) => [
    { kind: 'move', direction: 'in', locationID: to, ...line, ...extras } as const,
    { kind: 'move', direction: 'out', locationID: from, ...line, ...extras } as const,
  ]);
}

import { Calendar } from './calendar';
import type { Fold, FoldKind } from './fold';

/** The ledger's time zone, as it was chosen when the ledger was made. A ledger has one such entry, which never changes. */
export interface ZoneEntry {
  /** Always 1. */
  readonly entry: number;
  /** Its name in the IANA database, such as `Europe/Berlin`. */
  readonly timeZone: string;
  readonly recordedAt: Date;
  /** The random mark of the turn that appended it. */
  readonly turnMark: number | null;
}

/** The zone of a ledger for which nobody chose one, and of every ledger from before there was a choice. */
export const DEFAULT_ZONE = 'UTC';

/** The time zone that a ledger keeps. */
export class LedgerZone implements Fold<ZoneEntry> {
  isWhole = true;
  /** The days of the zone; undefined as long as the ledger keeps none. */
  calendar: Calendar | undefined;
  last: ZoneEntry | null = null;

  constructor(calendar?: Calendar) {
    this.calendar = calendar;
  }

  load(entries: readonly ZoneEntry[]): void {
    this.fold(entries);
  }

  /** The first entry is valid: the days of a ledger never change. */
  fold(entries: readonly ZoneEntry[]): void {
    for (const entry of entries) {
      if (entry.entry <= (this.last?.entry ?? 0)) continue;
      this.calendar ??= new Calendar(entry.timeZone);
      this.last = entry;
    }
  }
}

/** How entries are folded into the zone. */
export const ZONE: FoldKind<ZoneEntry, LedgerZone> = {
  position: ({ entry }) => entry,
  isSame: (a, b) => a.entry === b.entry && a.turnMark === b.turnMark,
  empty: () => new LedgerZone(),
};

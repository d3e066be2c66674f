import { basePath } from '../api/base-path';
import { type ChangeKind, KIND_NAMES } from '../change/change-kinds';

/** The kind stays chosen on this device: after a look at another screen, a count of the shelves goes on as a count. */
function keptAs(): string {
  return `inventory${basePath()}.scanKind`;
}

/** The kind that was chosen last on this device; a sale at first. */
export function readScanKind(): ChangeKind {
  try {
    const kept = localStorage.getItem(keptAs());
    return KIND_NAMES.find((name) => name === kept) ?? 'sale';
  } catch {
    return 'sale';
  }
}

export function keepScanKind(kind: ChangeKind): void {
  try {
    localStorage.setItem(keptAs(), kind);
  } catch {
    // Then it is lost with the screen.
  }
}

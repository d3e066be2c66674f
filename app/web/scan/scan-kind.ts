import { basePath } from '../api/base-path';
import { type ChangeKind, KIND_NAMES } from '../change/change-kinds';

/** What is scanned stays chosen on this device: who counts the shelves, and looks at something else, goes on counting. */
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
    // It lasts as long as the screen.
  }
}

import { deviceStorage, ownName } from '../api/browser-storage';
import { type ChangeKind, KIND_NAMES } from '../change/change-kinds';

/** The kind stays chosen on this device: after a look at another screen, a count of the shelves goes on as a count. */
const keptAs = () => ownName('scanKind');

/** The kind that was chosen last on this device; a sale at first. */
export function readScanKind(): ChangeKind {
  const kept = deviceStorage.read(keptAs());
  return KIND_NAMES.find((name) => name === kept) ?? 'sale';
}

export function keepScanKind(kind: ChangeKind): void {
  deviceStorage.keep(keptAs(), kind);
}

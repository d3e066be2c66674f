import { deviceStorage, ownName } from '../api/browser-storage';

/** A till stands in one place: where the last change was made on this device, the next one is made. */
const keptAs = () => ownName('location');

/** The location that was chosen last on this device; undefined if none was. */
export function readLocation(): number | undefined {
  const kept = Number(deviceStorage.read(keptAs()));
  return Number.isSafeInteger(kept) && kept > 0 ? kept : undefined;
}

export function keepLocation(locationID: number): void {
  deviceStorage.keep(keptAs(), String(locationID));
}

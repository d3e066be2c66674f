import { type FindingFacts, type Known, knownOf, unknownFields } from '../../../ledger/finding';
import type { Ledger } from '../../../ledger/ledger';
import type { FieldFault } from '../../../wire/problem-members';
import type { FindingCommand } from './finding-fields';
import { notInLedger } from './not-in-ledger';

/**
 * Refuses a report of which a finding names what the ledger does not have, with every such field. The ledger refuses each
 * finding by the same rule when it decides, since it may have gone back meanwhile. Only here are quantities before the
 * latest record looked up: a turn must not wait for that, and no record ever changes.
 *
 * @throws Problem `not-in-ledger`
 */
export async function requireInLedger(
  ledger: Ledger,
  commands: readonly FindingCommand[],
  now: Date,
): Promise<void> {
  const [places, catalogue] = await Promise.all([ledger.places(), ledger.catalogue()]);
  const facts: FindingFacts = { ...places, catalogue, now };
  const faults: FieldFault[] = [];
  for (const [index, command] of commands.entries()) {
    const known = await withQuantity(ledger, command, knownOf(command, facts));
    const { record, locationID } = command;
    const where = locationID === 0 ? 'the product had' : `was free at location ${locationID}`;
    const details = {
      record: `is beyond the ledger, whose last record is ${known.record}`,
      revision: `is beyond the catalogue, whose last revision is ${known.revision}`,
      productID: 'is neither counted nor in the catalogue',
      locationID: 'is no location at which the product has a reorder point',
      transferID:
        command.kind === 'resolve'
          ? 'is a transfer that is still open'
          : 'is no open transfer that is overdue',
      availableQuantity: `is not what ${where} as of record ${record}, which was ${known.availableQuantity}`,
    };
    for (const field of unknownFields(command, known)) {
      faults.push({ field: `findings.${index}.${field}`, detail: details[field] });
    }
  }
  if (faults.length > 0) throw notInLedger(faults);
}

/** What is known of a product, with its quantity as of the finding, which may be before its latest record. */
async function withQuantity(
  ledger: Ledger,
  { productID, locationID, transferID, record }: FindingCommand,
  known: Known,
): Promise<Known> {
  if (known.availableQuantity !== undefined || transferID !== 0) return known;
  const before = { productID, before: record + 1, limit: 1 };
  if (locationID === 0) {
    const [had] = await ledger.ask.history(before);
    return { ...known, availableQuantity: had?.availableQuantity ?? 0 };
  }
  const [had] = await ledger.ask.history({ ...before, locationID });
  if (!had) return { ...known, availableQuantity: 0 };
  const { onHandQuantity, heldQuantity } = had;
  // A row by hand does not say what was there.
  const free = onHandQuantity === null ? undefined : onHandQuantity - heldQuantity;
  return { ...known, availableQuantity: free };
}

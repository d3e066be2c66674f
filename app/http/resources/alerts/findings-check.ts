import { type Known, knownOf, unknownFields } from '../../../ledger/finding';
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
): Promise<void> {
  const [stock, catalogue] = await Promise.all([ledger.stock(), ledger.catalogue()]);
  const faults: FieldFault[] = [];
  for (const [index, command] of commands.entries()) {
    const known = await withQuantity(ledger, command, knownOf(command, stock, catalogue));
    const details = {
      record: `is beyond the ledger, whose last record is ${known.record}`,
      revision: `is beyond the catalogue, whose last revision is ${known.revision}`,
      productID: 'is neither counted nor in the catalogue',
      availableQuantity: `is not what the product had as of record ${command.record}, which was ${known.availableQuantity}`,
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
  { productID, record }: FindingCommand,
  known: Known,
): Promise<Known> {
  if (known.availableQuantity !== undefined) return known;
  const [had] = await ledger.ask.history({ productID, before: record + 1, limit: 1 });
  return { ...known, availableQuantity: had?.availableQuantity ?? 0 };
}

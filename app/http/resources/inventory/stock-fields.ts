import { z } from 'zod';
import type { Command } from '../../../ledger/command';
import { MONEY_SCALE, SALE_TOTAL_MAX } from '../../../ledger/money';
import { type MovementReason, OPEN_REASONS, REASONS, rulesOf } from '../../../ledger/reason';
import type { FieldFault } from '../../../wire/problem-members';
import { annotationFields } from '../../fields/annotations';
import { pastMoment } from '../../fields/day-and-time';
import { oneOf } from '../../fields/field';
import { price } from '../../fields/price';
import { checked } from '../../fields/validated';
import {
  locationID,
  productID,
  quantity,
  quantityChange,
  recordNumber,
  soldQuantity,
} from '../../fields/whole-number';
import { invalidRequest } from '../../problems/problem';

/** The reasons that a change by POST /inventory may have. */
const reason = oneOf(OPEN_REASONS);

/** The fields of POST /inventory. Rules across fields are in `toInventoryCommand`. */
export const inventoryFields = z.strictObject({
  productID,
  locationID: locationID.optional(),
  availableQuantity: quantity.optional(),
  onHandQuantity: quantity.optional(),
  quantityChange: quantityChange.optional(),
  reason: reason.optional(),
  saleRecord: recordNumber.optional(),
  unitCost: price.optional(),
  expectedQuantity: quantity.optional(),
  ...annotationFields,
  occurredAt: pastMoment.optional(),
});

/** The fields of a sale. */
export const saleFields = z.strictObject({
  productID,
  locationID: locationID.optional(),
  quantity: soldQuantity,
  unitPrice: price.optional(),
  expectedQuantity: quantity.optional(),
  ...annotationFields,
  occurredAt: pastMoment.optional(),
});

/** The fields of a change of either kind, as in a batch. A sale has the reason `sale`, or a quantity. */
export const changeFields = inventoryFields.extend({
  reason: oneOf([...OPEN_REASONS, 'sale']).optional(),
  quantity: soldQuantity.optional(),
  unitPrice: price.optional(),
});

/**
 * Reads the command that fields ask for.
 *
 * @param toCommand makes the command, or returns the faults across fields
 * @returns the command, or every fault: of single fields and across fields
 */
export function commandFrom<S extends z.ZodType>(
  schema: S,
  toCommand: (fields: z.output<S>) => Command | FieldFault[],
  raw: unknown,
): Command | FieldFault[] {
  const { data, faults } = checked(schema, raw);
  // Missing and superfluous fields can be found even if the value of a field is faulty.
  const command = toCommand((data ?? raw) as z.output<S>);
  if (faults.length === 0) return command;
  const named = new Set(faults.map(({ field }) => field));
  // Which fields go together depends on the reason, so with a faulty reason nothing can be said.
  const judged = Array.isArray(command) && !named.has('reason') ? command : [];
  const others = judged.filter(({ field }) => !named.has(field));
  return [...faults, ...others];
}

/** Reads the command of one request. @throws Problem `invalid-request` with every fault */
export function commandOf<S extends z.ZodType>(
  schema: S,
  toCommand: (fields: z.output<S>) => Command | FieldFault[],
  raw: unknown,
): Command {
  const command = commandFrom(schema, toCommand, raw);
  if (Array.isArray(command)) throw invalidRequest(command);
  return command;
}

/** The reasons that may name a sale, as text. */
const RETURN_REASONS = REASONS.filter((reason) => rulesOf(reason).mayNameSale).join(' or ');

/** The command of the fields of POST /inventory, or the faults across fields. */
export function toInventoryCommand(
  fields: z.output<typeof inventoryFields>,
): Command | FieldFault[] {
  const {
    availableQuantity,
    onHandQuantity,
    quantityChange: change,
    saleRecord,
    unitCost,
    reason: given,
    ...common
  } = fields;
  const kind = given ?? (change === undefined ? 'count' : undefined);
  const faults: FieldFault[] = [];
  const fault = (field: string, detail: string) => faults.push({ field, detail });

  if (kind === undefined) fault('reason', 'is required with quantityChange');
  if (saleRecord !== undefined && !rulesOf(kind).mayNameSale)
    fault('saleRecord', `goes with the reason ${RETURN_REASONS} only`);
  if (unitCost !== undefined && kind !== 'receipt') fault('unitCost', 'goes with a receipt only');
  if (kind === 'count') {
    if (change !== undefined)
      fault('quantityChange', 'does not go with a count: give availableQuantity');
    if (availableQuantity !== undefined && onHandQuantity !== undefined)
      fault('onHandQuantity', 'does not go with availableQuantity: give one of them');
    if (availableQuantity === undefined && onHandQuantity === undefined)
      fault('availableQuantity', 'is required');
  } else {
    if (availableQuantity !== undefined)
      fault('availableQuantity', 'goes with a count only: give quantityChange');
    if (onHandQuantity !== undefined)
      fault('onHandQuantity', 'goes with a count only: give quantityChange');
    if (change === undefined) fault('quantityChange', 'is required');
    const sign = rulesOf(kind).sign ?? 0;
    if (change !== undefined && sign && Math.sign(change) !== sign) {
      fault('quantityChange', `must be ${sign > 0 ? 'more' : 'less'} than 0 for a ${kind}`);
    }
  }
  if (faults.length > 0) return faults;
  if (kind === 'count') {
    return onHandQuantity === undefined
      ? { kind: 'count', ...common, availableQuantity: availableQuantity as number }
      : { kind: 'count', ...common, availableQuantity: onHandQuantity, isOnHand: true };
  }
  return {
    kind: 'movement',
    ...common,
    reason: kind as MovementReason,
    quantityChange: change as number,
    saleRecord,
    unitCost,
  };
}

/** The command of the fields of POST /sales. */
export function toSaleCommand(fields: z.output<typeof saleFields>): Command | FieldFault[] {
  const { unitPrice = null, ...common } = fields;
  const both = typeof common.quantity === 'number' && typeof unitPrice === 'number';
  if (both && common.quantity * unitPrice > SALE_TOTAL_MAX) {
    return [
      {
        field: 'unitPrice',
        detail: `times quantity must be at most ${SALE_TOTAL_MAX / MONEY_SCALE}`,
      },
    ];
  }
  return { kind: 'sale', ...common, unitPrice };
}

/** The command of one change of a batch. */
export function toCommand(fields: z.output<typeof changeFields>): Command | FieldFault[] {
  const { quantity: sold, unitPrice, reason: given, ...others } = fields;
  if (given !== 'sale' && sold === undefined && unitPrice === undefined) {
    return toInventoryCommand({ ...others, reason: given });
  }
  const {
    availableQuantity,
    onHandQuantity,
    quantityChange: change,
    saleRecord,
    unitCost,
    ...common
  } = others;
  const counted = { availableQuantity, onHandQuantity, quantityChange: change };
  const faults = Object.entries({ ...counted, saleRecord, unitCost })
    .filter(([, value]) => value !== undefined)
    .map(([field]) => ({ field, detail: 'does not go with a sale' }));
  if (given !== undefined && given !== 'sale') {
    faults.push({ field: 'reason', detail: 'must be sale where there is a quantity' });
  }
  if (sold === undefined) faults.push({ field: 'quantity', detail: 'is required' });
  if (faults.length > 0) return faults;
  return toSaleCommand({ ...common, quantity: sold as number, unitPrice });
}

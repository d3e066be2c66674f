import { z } from 'zod';
import { type AlertKind, RECIPIENTS_MAX, SHORTAGES } from '../../../ledger/alert';
import type { ReportCommand, ResolveCommand } from '../../../ledger/alert-command';
import { CHANNELS } from '../../../ledger/delivery';
import type { Finding } from '../../../ledger/finding';
import { isMailAddress, isWebhookLabel, webhookLabel } from '../../../wire/delivery-target';
import type { NewDelivery, StockFinding, TransferFinding } from '../../../wire/findings';
import type { FieldFault } from '../../../wire/problem-members';
import { DELIVERY_TEXTS_MAX } from '../../../wire/texts';
import { moment } from '../../fields/day-and-time';
import { oneOf } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { checked, eachOf, validated } from '../../fields/validated';
import { locationID, productID, quantity, wholeNumber } from '../../fields/whole-number';

/** Findings in one request. */
const FINDINGS_MAX = 1_000;

const COVER = 'must be a number of days such as 3.5, or null';

const MAIL_TARGET = 'must be a mail address such as ann@shop.example';
const WEBHOOK_TARGET = 'must be the label of a webhook, such as hooks.example#1f0c9a7be254';

/** Monitors of earlier versions report the whole URL; only its label is stored. */
function isWebhook(target: string): boolean {
  return isWebhookLabel(target) || (/^https?:\/\//.test(target) && URL.canParse(target));
}

const foundAsOf = wholeNumber(0, Number.MAX_SAFE_INTEGER);

const deliveries = z
  .array(
    z
      .strictObject({
        channel: oneOf(CHANNELS),
        target: freeText(DELIVERY_TEXTS_MAX.target),
        notBefore: moment.optional(),
      } satisfies Record<keyof NewDelivery, z.ZodType>)
      .superRefine(({ channel, target }, context) => {
        const isTarget = channel === 'mail' ? isMailAddress(target) : isWebhook(target);
        if (isTarget) return;
        const message = channel === 'mail' ? MAIL_TARGET : WEBHOOK_TARGET;
        context.addIssue({ code: 'custom', path: ['target'], message });
      }),
  )
  .max(RECIPIENTS_MAX, `may have ${RECIPIENTS_MAX} deliveries at most`)
  .optional();

const stockFinding = z.strictObject({
  productID,
  locationID: locationID.optional(),
  kind: oneOf(['none', ...SHORTAGES]),
  record: foundAsOf,
  revision: foundAsOf,
  availableQuantity: quantity,
  threshold: quantity,
  daysOfCover: z
    .union(
      [
        z.null(),
        z
          .string()
          .regex(/^(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$/)
          .transform(Number),
      ],
      { error: COVER },
    )
    .meta({ doc: { type: ['number', 'null'], minimum: 0 } }),
  deliveries,
} satisfies Record<keyof StockFinding, z.ZodType>);

const transferFinding = z.strictObject({
  transferID: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  kind: oneOf(['none', 'overdue-transfer']),
  record: foundAsOf,
  revision: foundAsOf,
  deliveries,
} satisfies Record<keyof TransferFinding, z.ZodType>);

function listOf<T extends z.ZodType>(entry: T) {
  return z
    .array(entry, {
      error: ({ input }) => (input === undefined ? 'is required' : 'must be an array'),
    })
    .min(1, 'must have a finding')
    .max(FINDINGS_MAX, `may have ${FINDINGS_MAX} findings at most`);
}

/** The body of a report, for the documentation. */
export const findingsFields = z.strictObject({
  findings: listOf(z.union([stockFinding, transferFinding])),
});

/** The body of a report. Its findings are checked one by one, so that other requests are served in between. */
const envelope = z.strictObject({ findings: listOf(z.unknown()) });

/** What a finding asks the ledger to do. */
export type FindingCommand = ReportCommand | ResolveCommand;

/** Reads a report. @throws Problem `invalid-request` with the faults of all findings */
export async function commandsFrom(body: unknown) {
  const { findings } = validated(envelope, body);
  return eachOf('findings', findings, (entry): FindingCommand | FieldFault[] =>
    isOfTransfer(entry) ? transferCommand(entry) : stockCommand(entry),
  );
}

function isOfTransfer(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'transferID' in entry;
}

function stockCommand(entry: unknown): FindingCommand | FieldFault[] {
  const { data, faults } = checked(stockFinding, entry);
  if (!data) return [...faults];
  const { kind, deliveries, locationID = 0, ...found } = data;
  return commandOf({ ...found, locationID, transferID: 0 }, kind, deliveries);
}

function transferCommand(entry: unknown): FindingCommand | FieldFault[] {
  const { data, faults } = checked(transferFinding, entry);
  if (!data) return [...faults];
  const { kind, deliveries, ...found } = data;
  return commandOf({ ...found, ...NO_STOCK }, kind, deliveries);
}

/** What the finding about a transfer says of stock. */
const NO_STOCK = {
  productID: 0,
  locationID: 0,
  availableQuantity: 0,
  threshold: 0,
  daysOfCover: null,
};

function commandOf(
  found: Finding,
  kind: AlertKind | 'none',
  listed: z.output<typeof deliveries> = [],
): FindingCommand {
  const told = listed.map(({ channel, target, notBefore = null }) => ({
    channel,
    target: channel === 'webhook' ? webhookLabel(target) : target,
    notBefore,
  }));
  return kind === 'none'
    ? { kind: 'resolve', deliveries: told, ...found }
    : { kind: 'report', alert: kind, deliveries: told, ...found };
}

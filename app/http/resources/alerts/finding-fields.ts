import { z } from 'zod';
import { ALERT_KINDS, RECIPIENTS_MAX } from '../../../ledger/alert';
import type { ReportCommand, ResolveCommand } from '../../../ledger/alert-command';
import { CHANNELS } from '../../../ledger/delivery';
import { isMailAddress, isWebhookLabel, webhookLabel } from '../../../wire/delivery-target';
import type { Finding, NewDelivery } from '../../../wire/findings';
import { DELIVERY_TEXTS_MAX } from '../../../wire/texts';
import { moment } from '../../fields/day-and-time';
import { oneOf } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { checked, eachOf, validated } from '../../fields/validated';
import { productID, quantity, wholeNumber } from '../../fields/whole-number';

/** Findings in one request. */
const FINDINGS_MAX = 1_000;

const COVER = 'must be a number of days such as 3.5, or null';

const MAIL_TARGET = 'must be a mail address such as ann@shop.example';
const WEBHOOK_TARGET = 'must be the label of a webhook, such as hooks.example#1f0c9a7be254';

/** Monitors of earlier versions report the whole URL; only its label is stored. */
function isWebhook(target: string): boolean {
  return isWebhookLabel(target) || (/^https?:\/\//.test(target) && URL.canParse(target));
}

const finding = z.strictObject({
  productID,
  kind: oneOf(['none', ...ALERT_KINDS]),
  record: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  revision: wholeNumber(0, Number.MAX_SAFE_INTEGER),
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
  deliveries: z
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
    .optional(),
} satisfies Record<keyof Finding, z.ZodType>);

function listOf<T extends z.ZodType>(entry: T) {
  return z
    .array(entry, {
      error: ({ input }) => (input === undefined ? 'is required' : 'must be an array'),
    })
    .min(1, 'must have a finding')
    .max(FINDINGS_MAX, `may have ${FINDINGS_MAX} findings at most`);
}

/** The body of a report, for the documentation. */
export const findingsFields = z.strictObject({ findings: listOf(finding) });

/** The body of a report. Its findings are checked one by one, so that other requests are served in between. */
const envelope = z.strictObject({ findings: listOf(z.unknown()) });

/** What a finding asks the ledger to do. */
export type FindingCommand = ReportCommand | ResolveCommand;

/** Reads a report. @throws Problem `invalid-request` with the faults of all findings */
export async function commandsFrom(body: unknown) {
  const { findings } = validated(envelope, body);
  const found = await eachOf('findings', findings, (entry) => {
    const { data, faults } = checked(finding, entry);
    return data ?? [...faults];
  });
  return found.map(commandOf);
}

function commandOf({
  kind,
  deliveries: listed = [],
  ...rest
}: z.output<typeof finding>): FindingCommand {
  const deliveries = listed.map(({ channel, target, notBefore = null }) => ({
    channel,
    target: channel === 'webhook' ? webhookLabel(target) : target,
    notBefore,
  }));
  return kind === 'none'
    ? { kind: 'resolve', deliveries, ...rest }
    : { kind: 'report', alert: kind, deliveries, ...rest };
}

import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ALERT_KINDS, RECIPIENTS_MAX } from '../../../ledger/alert';
import type { ReportCommand, ResolveCommand } from '../../../ledger/alert-command';
import { CHANNELS } from '../../../ledger/delivery';
import { type Known, knownOf, unknownFields } from '../../../ledger/finding';
import type { Ledger } from '../../../ledger/ledger';
import { isMailAddress, isWebhookLabel, webhookLabel } from '../../../wire/delivery-target';
import { MONITOR_PASS_HEADER } from '../../../wire/headers';
import type { FieldFault } from '../../../wire/problem-members';
import { alertEvent } from '../../answers/answer-docs';
import { sendJson } from '../../answers/conditional';
import { jsonBytes } from '../../answers/json-bytes';
import { WRITE_PROBLEMS } from '../../answers/submit';
import {
  checked,
  eachOf,
  freeText,
  moment,
  oneOf,
  productID,
  quantity,
  validated,
  wholeNumber,
} from '../../fields/fields';
import { operation, type Resource } from '../../operation';
import { eventJson } from './alert-json';
import { notInLedger } from './not-in-ledger';

/** Findings in one request. */
const FINDINGS_MAX = 1_000;

const COVER = 'must be a number of days such as 3.5, or null';

const MAIL_TARGET = 'must be a mail address such as ann@shop.example';
const WEBHOOK_TARGET = 'must be the label of a webhook, such as hooks.example#1f0c9a7be254';

/** A monitor of an earlier version reports the whole URL, of which the label is kept. */
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
          target: freeText(500),
          notBefore: moment.optional(),
        })
        .superRefine(({ channel, target }, context) => {
          const isTarget = channel === 'mail' ? isMailAddress(target) : isWebhook(target);
          if (isTarget) return;
          const message = channel === 'mail' ? MAIL_TARGET : WEBHOOK_TARGET;
          context.addIssue({ code: 'custom', path: ['target'], message });
        }),
    )
    .max(RECIPIENTS_MAX, `may have ${RECIPIENTS_MAX} deliveries at most`)
    .optional(),
});

function listOf<T extends z.ZodType>(entry: T) {
  return z
    .array(entry, {
      error: ({ input }) => (input === undefined ? 'is required' : 'must be an array'),
    })
    .min(1, 'must have a finding')
    .max(FINDINGS_MAX, `may have ${FINDINGS_MAX} findings at most`);
}

const findingsFields = z.strictObject({ findings: listOf(finding) });

/** The same, but for the findings, which are looked through one by one. */
const envelope = z.strictObject({ findings: listOf(z.unknown()) });

type FindingCommand = ReportCommand | ResolveCommand;

/** `/alerts/findings`: how the monitor found products. */
export function findings(ledger: Ledger, before: RequestHandler[]): Resource[] {
  return [
    {
      path: '/alerts/findings',
      operations: {
        post: operation({
          summary: 'Report how products were found: short, or short no longer',
          description:
            'A kind other than none opens an alert, makes the one that there is louder, or wakes it; none resolves it. Each is decided by itself, and only where it is not older than what is known: to report twice, or late, does no harm. None is taken where one names a record, a revision, a product or a quantity that the ledger does not have.',
          headers: [MONITOR_PASS_HEADER],
          before,
          consumes: ['application/json'],
          body: findingsFields,
          example: {
            findings: [
              {
                productID: 1,
                kind: 'low',
                record: 1,
                revision: 1,
                availableQuantity: 4,
                threshold: 5,
                daysOfCover: 2.5,
                deliveries: [
                  {
                    channel: 'mail',
                    target: 'ann@shop.example',
                    notBefore: '2026-11-24T12:00:00Z',
                  },
                ],
              },
            ],
          },
          read: commandsFrom,
          answers: {
            200: {
              description:
                "What became of each, in order: the product's latest event, or a refusal.",
              schema: z.strictObject({
                outcomes: z.array(
                  z.union([
                    alertEvent,
                    z.strictObject({
                      refusal: z.enum(['stale-alert', 'no-alert', 'not-in-ledger']),
                      productID: z.int(),
                      alertID: z.int().optional(),
                      event: z.int().optional(),
                      fields: z.array(z.string()).optional(),
                    }),
                  ]),
                ),
              }),
            },
          },
          problems: ['monitor-only', 'not-in-ledger', ...WRITE_PROBLEMS],
          handle: async ({ body: commands, res }) => {
            await requireInLedger(ledger, commands);
            const { outcomes } = await ledger.submit({ kind: 'alerts', commands });
            const told = outcomes.map((outcome) =>
              'refusal' in outcome ? outcome : eventJson(outcome),
            );
            sendJson(res, await jsonBytes({ outcomes: told }));
          },
        }),
      },
    },
  ];
}

async function commandsFrom(body: unknown) {
  const { findings } = validated(envelope, body);
  const found = await eachOf('findings', findings, (entry) => {
    const { data, faults } = checked(finding, entry);
    return data ?? [...faults];
  });
  return found.map(commandOf);
}

/**
 * Tells a client of every faulty finding by its field. The ledger refuses each of them by itself, too: its rule holds for
 * everything that is submitted, and it may have gone back meanwhile. What a product had before its latest record is looked
 * up here alone, since a turn is not to wait for that, and no record ever changes.
 *
 * @throws Problem `not-in-ledger` that lists every finding's faults, before anything is recorded
 */
async function requireInLedger(ledger: Ledger, commands: readonly FindingCommand[]): Promise<void> {
  const [stock, catalogue] = await Promise.all([ledger.stock(), ledger.catalogue()]);
  const faults: FieldFault[] = [];
  for (const [index, command] of commands.entries()) {
    const known = await wholly(ledger, command, knownOf(command, stock, catalogue));
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

/** What is known of a product, with what it had as of a record before its latest one. */
async function wholly(
  ledger: Ledger,
  { productID, record }: FindingCommand,
  known: Known,
): Promise<Known> {
  if (known.availableQuantity !== undefined) return known;
  const [had] = await ledger.history({ productID, before: record + 1, limit: 1 });
  return { ...known, availableQuantity: had?.availableQuantity ?? 0 };
}

function commandOf({
  kind,
  deliveries: told = [],
  ...found
}: z.output<typeof finding>): FindingCommand {
  const deliveries = told.map(({ channel, target, notBefore = null }) => ({
    channel,
    target: channel === 'webhook' ? webhookLabel(target) : target,
    notBefore,
  }));
  return kind === 'none'
    ? { kind: 'resolve', deliveries, ...found }
    : { kind: 'report', alert: kind, deliveries, ...found };
}

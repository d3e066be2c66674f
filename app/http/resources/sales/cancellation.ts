import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { CancellationCommand } from '../../../ledger/command';
import type { Ledger } from '../../../ledger/ledger';
import { IDEMPOTENCY_KEY_HEADER } from '../../../wire/headers';
import { recorded } from '../../answers/answer-docs';
import { ifMatch } from '../../answers/conditional';
import { KEY_PROBLEMS, requestName, submit, WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { annotationFields } from '../../fields/annotations';
import { pastMoment } from '../../fields/day-and-time';
import type { FieldDoc } from '../../fields/field';
import { validated } from '../../fields/validated';
import { recordNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { Problem } from '../../problems/problem';

const salePath = z.strictObject({
  record: recordNumber.meta({
    doc: {
      type: 'integer',
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      examples: [3],
    } satisfies FieldDoc,
  }),
});

const cancellationFields = z.strictObject({
  ...annotationFields,
  occurredAt: pastMoment.optional(),
});

/** `/sales/{record}/cancellation`: takes a whole sale back, as if it had never been made. */
export function saleCancellation(ledger: Ledger, readFields: RequestHandler[]): Resource[] {
  return [
    {
      path: '/sales/{record}/cancellation',
      operations: {
        post: operation({
          need: { all: ['stock:sell'] },
          summary: 'Cancel a sale',
          description:
            'For a sale that was a mistake. All of its units come back to the location of the sale, and the units sold and the revenue of its own day are less by it: a cancelled sale is in no report. A return, by POST /inventory, is subtracted on the day of the return. A sale of which units were returned cannot be cancelled.',
          params: salePath,
          before: readFields,
          consumes: FORMS,
          body: cancellationFields,
          example: { note: 'Typed twice' },
          read: (body) => validated(cancellationFields, body),
          headers: [IDEMPOTENCY_KEY_HEADER, 'If-Match'],
          answers: { 201: recorded },
          problems: [
            'unknown-sale',
            'sale-cancelled',
            'sale-returned',
            'unknown-location',
            'stale-record',
            'stock-limit',
            ...KEY_PROBLEMS,
            ...WRITE_PROBLEMS,
          ],
          handle: async ({ params: { record: saleRecord }, body, req, res }) => {
            const sale = await saleOf(ledger, saleRecord);
            const command: CancellationCommand = {
              kind: 'cancellation',
              ...sale,
              saleRecord,
              ...body,
              expectedRecords: ifMatch(req),
            };
            const request = requestName(req, 'cancellations', command);
            await submit(res, ledger, 'cancellations', {
              kind: 'stock',
              mode: 'each',
              commands: [command],
              request,
            });
          },
        }),
      },
    },
  ];
}

/** Which product a record sold, and where. No record ever changes, so this does not either. @throws Problem `unknown-sale` */
async function saleOf(
  ledger: Ledger,
  saleRecord: number,
): Promise<Pick<CancellationCommand, 'productID' | 'locationID'>> {
  const [found] = await ledger.records.from(saleRecord, 1);
  if (found?.record !== saleRecord) {
    throw new Problem('unknown-sale', `There is no record ${saleRecord}; nothing was recorded.`, {
      saleRecord,
    });
  }
  const { productID, locationID, reason, quantity } = found;
  if (reason !== 'sale' || quantity === null) {
    throw new Problem(
      'unknown-sale',
      `Record ${saleRecord} is a ${reason}, not a sale that can be taken back; nothing was recorded.`,
      { productID, saleRecord },
    );
  }
  return { productID, locationID };
}

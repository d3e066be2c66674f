import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { SetReorderPointCommand } from '../../../ledger/command';
import type { Ledger } from '../../../ledger/ledger';
import { IDEMPOTENCY_KEY_HEADER } from '../../../wire/headers';
import { productAnswer } from '../../../wire/products';
import { callerOf } from '../../access/caller';
import { otherLocation } from '../../access/missing-scope';
import { ifMatch } from '../../answers/conditional';
import { KEY_PROBLEMS, requestName, submit, WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { validated } from '../../fields/validated';
import { locationID, productID, quantity } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { invalidRequest } from '../../problems/problem';

const reorderPath = z.strictObject({ productID, locationID });

const fields = z.strictObject({
  reorderPoint: quantity.optional(),
  reorderQuantity: quantity.optional(),
});

const PROBLEMS = [
  'unlisted-product',
  'unknown-location',
  'stale-revision',
  ...KEY_PROBLEMS,
  ...WRITE_PROBLEMS,
] as const;

/** `/products/{productID}/locations/{locationID}`: when and how many of a product to bring to a location. */
export function reorderPoints(ledger: Ledger, readFields: RequestHandler[]): Resource[] {
  return [
    {
      path: '/products/{productID}/locations/{locationID}',
      operations: {
        put: operation({
          need: { all: ['catalogue:write'] },
          summary: 'Set the reorder point of a product at a location',
          description:
            "It replaces both fields. The product's own reorder point, which is about its total, stays as it is. The answer, its ETag and If-Match are the product's, as GET /products/{productID} has them.",
          params: reorderPath,
          before: readFields,
          consumes: FORMS,
          body: fields,
          example: { reorderPoint: 6, reorderQuantity: 24 },
          read: readReorderPoint,
          headers: [IDEMPOTENCY_KEY_HEADER, 'If-Match'],
          answers: { 200: { description: 'The product after it.', schema: productAnswer } },
          problems: PROBLEMS,
          handle: ({ params, body, req, res }) => change(ledger, req, res, { ...params, ...body }),
        }),
        delete: operation({
          need: { all: ['catalogue:write'] },
          summary: 'Remove the reorder point of a product at a location',
          params: reorderPath,
          headers: [IDEMPOTENCY_KEY_HEADER, 'If-Match'],
          answers: { 200: { description: 'The product after it.', schema: productAnswer } },
          problems: PROBLEMS,
          handle: ({ params, req, res }) =>
            change(ledger, req, res, { ...params, reorderPoint: null, reorderQuantity: null }),
        }),
      },
    },
  ];
}

/** @throws Problem `invalid-request` */
function readReorderPoint(body: unknown) {
  const { reorderPoint = null, reorderQuantity = null } = validated(fields, body);
  if (reorderPoint === null && reorderQuantity === null) {
    throw invalidRequest([
      { field: 'reorderPoint', detail: 'is required without reorderQuantity' },
    ]);
  }
  return { reorderPoint, reorderQuantity };
}

/** @throws Problem, WriteFailure */
async function change(
  ledger: Ledger,
  req: Request,
  res: Response,
  said: Omit<SetReorderPointCommand, 'kind' | 'expectedRevisions'>,
): Promise<void> {
  const { locations } = callerOf(res).rights;
  if (locations?.has(said.locationID) === false) {
    throw otherLocation(said.locationID, [...locations]);
  }
  const command = { kind: 'reorder', ...said, expectedRevisions: ifMatch(req) } as const;
  const request = requestName(req, 'product', command);
  await submit(res, ledger, 'product', { kind: 'catalogue', commands: [command], request });
}

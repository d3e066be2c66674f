import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { CatalogueCommand } from '../../../ledger/command';
import { NOTHING_KNOWN } from '../../../ledger/decide-product';
import type { Ledger } from '../../../ledger/ledger';
import type { ProductFields } from '../../../ledger/product';
import { IDEMPOTENCY_KEY_HEADER } from '../../../wire/headers';
import { PAGE, PAGE_MAX } from '../../../wire/pages';
import { productAnswer } from '../../../wire/products';
import { PRODUCT_TEXTS_MAX, SEARCH_MAX } from '../../../wire/texts';
import { unchanged } from '../../answers/answer-docs';
import { ifMatch, sendAsOf } from '../../answers/conditional';
import { revisionPosition } from '../../answers/entity-tags';
import { productJson } from '../../answers/entry-json';
import { cursor, page } from '../../answers/paging';
import { KEY_PROBLEMS, requestName, submit, WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { oneOf } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { validated } from '../../fields/validated';
import { productID, wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { unlistedProduct } from '../../problems/refused';
import { catalogueFields, revisionFields, toProductFields } from './product-fields';
import { search } from './product-search';

const productPath = z.strictObject({ productID });

/** `/products`: the catalogue. Products can be counted without being in it. */
export function products(ledger: Ledger, readFields: RequestHandler[]): Resource[] {
  const change = async (
    req: Parameters<RequestHandler>[0],
    res: Parameters<RequestHandler>[1],
    command: CatalogueCommand,
  ) => {
    const resource = command.kind === 'create' ? 'new-product' : 'product';
    const request = requestName(req, resource, command);
    await submit(res, ledger, resource, { kind: 'catalogue', commands: [command], request });
  };
  return [
    {
      path: '/products',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'The products of the catalogue, by productID',
          description:
            'q finds products whose name has these words, or whose sku or barcode begins with them; case and accents are ignored. sku and barcode find the product that has exactly this code, or else the same code by the rule for codes, which ignores case and the zeros before a GTIN. The header Link has the next page, if there is one.',
          query: z.strictObject({
            q: freeText(SEARCH_MAX).optional(),
            sku: freeText(PRODUCT_TEXTS_MAX.sku).optional(),
            barcode: freeText(PRODUCT_TEXTS_MAX.barcode).optional(),
            retired: oneOf(['true', 'false']).optional(),
            limit: wholeNumber(1, PAGE_MAX).optional(),
            cursor: cursor.optional(),
          }),
          answers: { 200: { description: 'Products.', schema: z.array(productAnswer) } },
          handle: async ({ query, req, res }) => {
            const { q, sku, barcode, retired = 'false', limit = PAGE, cursor: after = 0 } = query;
            const wanted = { q, sku, barcode, retired: retired === 'true' };
            const found = await search(await ledger.catalogue(), wanted, after, limit + 1);
            const shown = page(req, res, found, limit, (product) => product.productID);
            res.set('Cache-Control', 'no-cache').json(shown.map(productJson));
          },
        }),
        post: operation({
          need: { all: ['catalogue:write'] },
          summary: 'Add a product to the catalogue',
          description: 'Without a productID the product gets the next free number.',
          before: readFields,
          consumes: FORMS,
          body: catalogueFields,
          example: {
            name: 'House Espresso Beans 1 kg',
            sku: 'ESP-1000',
            barcode: '4006381333931',
            price: 18.9,
            reorderPoint: 14,
            reorderQuantity: 48,
          },
          read: (body) => validated(catalogueFields, body),
          headers: [IDEMPOTENCY_KEY_HEADER],
          answers: { 201: { description: 'Added.', schema: productAnswer } },
          problems: [
            'product-exists',
            'code-taken',
            'catalogue-full',
            'product-limit',
            ...KEY_PROBLEMS,
            ...WRITE_PROBLEMS,
          ],
          handle: async ({ body: { productID, ...fields }, req, res }) => {
            const all = toProductFields(fields) as ProductFields;
            await change(req, res, {
              kind: 'create',
              productID,
              fields: { ...NOTHING_KNOWN, ...all },
            });
          },
        }),
      },
    },
    {
      path: '/products/{productID}',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'A product of the catalogue',
          params: productPath,
          query: z.strictObject({}),
          headers: ['If-None-Match'],
          answers: { 200: { description: 'The product.', schema: productAnswer }, 304: unchanged },
          problems: ['unlisted-product'],
          handle: async ({ params: { productID }, req, res }) => {
            const product = (await ledger.catalogue()).get(productID);
            if (!product) throw unlistedProduct(productID);
            sendAsOf(req, res, revisionPosition(product), () => productJson(product));
          },
        }),
        patch: operation({
          need: { all: ['catalogue:write'] },
          summary: 'Change a product of the catalogue',
          description:
            'Changes only the fields that are sent. An empty field removes its value. A retired product is no longer retired.',
          params: productPath,
          before: readFields,
          consumes: FORMS,
          body: revisionFields,
          example: { price: 19.5, reorderPoint: 16 },
          read: (body) => validated(revisionFields, body),
          headers: [IDEMPOTENCY_KEY_HEADER, 'If-Match'],
          answers: { 200: { description: 'Changed.', schema: productAnswer } },
          problems: [
            'unlisted-product',
            'stale-revision',
            'code-taken',
            ...KEY_PROBLEMS,
            ...WRITE_PROBLEMS,
          ],
          handle: async ({ params: { productID }, body, req, res }) => {
            const fields = toProductFields(body);
            const expectedRevisions = ifMatch(req);
            await change(req, res, { kind: 'revise', productID, fields, expectedRevisions });
          },
        }),
        delete: operation({
          need: { all: ['catalogue:write'] },
          summary: 'Retire a product',
          description:
            'The product is no longer listed or found, and its sku and barcode are free. Its records stay, and it can still be counted.',
          params: productPath,
          headers: [IDEMPOTENCY_KEY_HEADER, 'If-Match'],
          answers: { 200: { description: 'Retired.', schema: productAnswer } },
          problems: ['unlisted-product', 'stale-revision', ...KEY_PROBLEMS, ...WRITE_PROBLEMS],
          handle: ({ params: { productID }, req, res }) =>
            change(req, res, { kind: 'retire', productID, expectedRevisions: ifMatch(req) }),
        }),
      },
    },
  ];
}

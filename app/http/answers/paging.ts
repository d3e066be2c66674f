import type { Request, Response } from 'express';
import { z } from 'zod';
import type { FieldDoc } from '../fields/field';

const CURSOR = 'must be a cursor from the header Link of another page';

/** The query parameter that says where a page begins: opaque to the client, a number here. */
export const cursor = z
  .string({ error: ({ input }) => (Array.isArray(input) ? 'must be given once' : CURSOR) })
  .transform((text) =>
    Number(
      Buffer.from(text, 'base64url')
        .toString('latin1')
        .replace(/^after /, ''),
    ),
  )
  .refine((number) => Number.isSafeInteger(number) && number > 0, CURSOR)
  .meta({ doc: { type: 'string' } satisfies FieldDoc });

/**
 * Says in the header Link (RFC 8288) where the next page is: at the same URL with other parameters.
 *
 * @param changes parameters of the query by name; null removes one
 */
export function linkNextPage(
  req: Request,
  res: Response,
  changes: Readonly<Record<string, string | null>>,
): void {
  const { pathname, searchParams } = new URL(req.originalUrl, 'http://service');
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) searchParams.delete(name);
    else searchParams.set(name, value);
  }
  res.set('Link', `<${pathname}?${searchParams}>; rel="next"`);
}

/**
 * One page of a list, and the link to the next one if there is one.
 *
 * @param entries read with one entry more than `limit`, which shows whether there is a next page
 * @param position the number after which the next page begins, if this entry is the last of the page
 */
export function page<T>(
  req: Request,
  res: Response,
  entries: readonly T[],
  limit: number,
  position: (entry: T) => number,
): readonly T[] {
  const last = entries[limit - 1];
  if (entries.length > limit && last !== undefined) {
    const cursor = Buffer.from(`after ${position(last)}`).toString('base64url');
    // The cursor takes the place of an offset.
    linkNextPage(req, res, { offset: null, cursor });
  }
  return entries.slice(0, limit);
}

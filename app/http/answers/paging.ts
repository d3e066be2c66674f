import type { Request, Response } from 'express';
import { z } from 'zod';
import type { FieldDoc } from '../fields/fields';

const CURSOR = 'must be a cursor from the header Link of another page';

/** Where a page begins: opaque to the client, a number here. */
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

/** Says where the next page is (RFC 8288): the same request, from after the last entry of this page on. */
function nextPage(req: Request, res: Response, last: number): void {
  const { pathname, searchParams } = new URL(req.originalUrl, 'http://service');
  // The cursor is a place of its own.
  searchParams.delete('offset');
  searchParams.set('cursor', Buffer.from(`after ${last}`).toString('base64url'));
  res.set('Link', `<${pathname}?${searchParams}>; rel="next"`);
}

/**
 * One page of what was read with one entry more than asked for, which tells whether there is a next page.
 *
 * @param position the entry's number, from after which the next page is read
 */
export function page<T>(
  req: Request,
  res: Response,
  entries: readonly T[],
  limit: number,
  position: (entry: T) => number,
): readonly T[] {
  const last = entries[limit - 1];
  if (entries.length > limit && last !== undefined) nextPage(req, res, position(last));
  return entries.slice(0, limit);
}

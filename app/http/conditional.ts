import type { Request, Response } from 'express';
import { invalidRequest } from './problem';

/** The entity tag of what is exact as of a record, or of several numbers in one (RFC 9110, section 8.8.3). */
export function entityTag(position: number | string): string {
  return `"${position}"`;
}

/**
 * Answers a GET with JSON that is exact as of a record, or with 304 where the client has it already
 * (RFC 9110, section 13.1.2).
 */
export function sendAsOf(
  req: Request,
  res: Response,
  position: number | string,
  body: () => unknown,
): void {
  res.set('ETag', entityTag(position)).set('Cache-Control', 'no-cache');
  if (req.fresh) res.status(304).end();
  else res.json(body());
}

const IF_MATCH = 'must be the ETag of an answer, such as "17", or *';

/**
 * The numbers that `If-Match` takes (RFC 9110, section 13.1.1). A weak tag matches nothing, since the
 * comparison is a strong one.
 *
 * @throws Problem `invalid-request`
 */
export function ifMatch(req: Request): readonly number[] | 'any' | undefined {
  const header = req.get('If-Match');
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'any';
  return header.split(',').flatMap((tag) => {
    const [, weak, number] = /^(W\/)?"([0-9]{1,16})"$/.exec(tag.trim()) ?? [];
    if (number === undefined) throw invalidRequest([{ field: 'If-Match', detail: IF_MATCH }]);
    return weak ? [] : [Number(number)];
  });
}

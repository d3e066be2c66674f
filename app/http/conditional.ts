import type { Request, Response } from 'express';

/** The entity tag of what is exact as of a record (RFC 9110, section 8.8.3). */
export function entityTag(record: number): string {
  return `"${record}"`;
}

/**
 * Answers a GET with JSON that is exact as of a record, or with 304 where the client has it already
 * (RFC 9110, section 13.1.2).
 */
export function sendAsOf(req: Request, res: Response, record: number, body: () => unknown): void {
  res.set('ETag', entityTag(record)).set('Cache-Control', 'no-cache');
  if (req.fresh) res.status(304).end();
  else res.json(body());
}

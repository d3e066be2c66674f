import { createHash, type Hash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Expected } from '../../ledger/mark';
import { positionFrom } from '../fields/position';
import { invalidRequest } from '../problems/problem';
import { isListed, tagsIn } from './tag-list';

/** The entity tag of what is exact as of a position, or of several in one (RFC 9110, section 8.8.3). */
export function entityTag(position: string): string {
  return `"${position}"`;
}

/** The same where an answer has a compressed and a plain form, which share it (section 8.8.1). */
export function weakTag(position: string): string {
  return `W/${entityTag(position)}`;
}

/**
 * Answers a GET with JSON that is exact as of a record, or with 304 where the client has it already
 * (RFC 9110, section 13.1.2).
 */
export function sendAsOf(req: Request, res: Response, position: string, body: () => unknown): void {
  if (!answeredAsKnown(req, res, entityTag(position))) res.json(body());
}

export const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' } as const;

/** Answers a GET with JSON whose entity tag is made from what it says, for what is exact as of no one number. */
export function sendByContent(req: Request, res: Response, body: unknown): void {
  const text = JSON.stringify(body);
  const tag = contentTag(createHash('sha256').update(text));
  if (!answeredAsKnown(req, res, tag)) res.type('json').send(text);
}

/** The entity tag of what was hashed. */
export function contentTag(hash: Hash): string {
  return weakTag(hash.digest('base64url').slice(0, TAG_LENGTH));
}

/** Characters of a hash that are its tag: 132 bits, so that no two answers have the same. */
const TAG_LENGTH = 22;

/** Answers with JSON that is bytes already. Not by `res.send`, which looks for much that is settled here. */
export function sendJson(
  res: Response,
  bytes: Buffer,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  res.writeHead(status, {
    ...JSON_TYPE,
    ...headers,
    'Content-Length': bytes.length,
  });
  res.end(bytes);
}

/**
 * Says by its entity tag what an answer is, and gives it by 304 where the client has it already. The tag is the same in
 * both.
 *
 * @param tag of `entityTag`, or of `weakTag`
 * @returns whether it was given
 */
export function answeredAsKnown(req: Request, res: Response, tag: string): boolean {
  res.setHeader('ETag', tag);
  res.setHeader('Cache-Control', 'no-cache');
  // A 304 says so as the whole answer does (RFC 9110, section 15.4.5).
  if (tag.startsWith('W/')) res.vary('Accept-Encoding');
  // Not `req.fresh`, which gives all of it again to a request with Cache-Control: no-cache. That speaks to caches
  // (RFC 9111, section 5.2.1.4), and browsers add it to what a script fetches past theirs
  // (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
  const isKnown = isListed(req.get('If-None-Match'), tag.slice(tag.indexOf('"') + 1, -1));
  if (isKnown) res.status(304).end();
  return isKnown;
}

const IF_MATCH =
  'must be the ETag of an answer, such as "17-h5x2k1", or its number, such as "17", or *';

/**
 * What `If-Match` takes (RFC 9110, section 13.1.1): by number and mark, or by the number alone where that is all it
 * says. A weak tag matches nothing, since the comparison is a strong one.
 *
 * @throws Problem `invalid-request`
 */
export function ifMatch(req: Request): readonly Expected[] | 'any' | undefined {
  const header = req.get('If-Match');
  if (header === undefined) return undefined;
  const tags = tagsIn(header);
  if (tags === '*') return 'any';
  const faulty = () => invalidRequest([{ field: 'If-Match', detail: IF_MATCH }]);
  if (tags === undefined) throw faulty();
  return tags.flatMap(({ isWeak, opaque }) => {
    const position = positionFrom(opaque);
    if (position === undefined) throw faulty();
    return isWeak ? [] : [position];
  });
}

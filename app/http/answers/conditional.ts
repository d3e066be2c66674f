import { createHash, type Hash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Expected } from '../../ledger/mark';
import { positionFrom } from '../fields/position';
import { invalidRequest } from '../problems/problem';
import { isListed, tagsIn } from './tag-list';

/** The entity tag of an answer that is exact as of a position (RFC 9110, section 8.8.3). */
export function entityTag(position: string): string {
  return `"${position}"`;
}

/** The entity tag of an answer whose compressed and plain form share one tag (section 8.8.1). */
export function weakTag(position: string): string {
  return `W/${entityTag(position)}`;
}

/**
 * Answers a GET with JSON that is exact as of a position, or with 304 if the client has it already
 * (RFC 9110, section 13.1.2).
 */
export function sendAsOf(req: Request, res: Response, position: string, body: () => unknown): void {
  if (!sentNotModified(req, res, entityTag(position))) res.json(body());
}

export const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' } as const;

/** Answers a GET with JSON whose entity tag is a hash of its content, for answers that are exact as of no single number. */
export function sendByContent(req: Request, res: Response, body: unknown): void {
  const text = JSON.stringify(body);
  const tag = contentTag(createHash('sha256').update(text));
  if (!sentNotModified(req, res, tag)) res.type('json').send(text);
}

/** The entity tag of hashed content. */
export function contentTag(hash: Hash): string {
  return weakTag(hash.digest('base64url').slice(0, TAG_LENGTH));
}

/** Characters of a hash in a tag: 132 bits, so that no two answers have the same tag. */
const TAG_LENGTH = 22;

/** Answers with JSON that is bytes already. Not by `res.send`, which spends time on checks that are not needed here. */
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
 * Sets the ETag of an answer, and sends 304 if the client has the answer already.
 *
 * @param tag made by `entityTag` or `weakTag`
 * @returns whether 304 was sent
 */
export function sentNotModified(req: Request, res: Response, tag: string): boolean {
  res.setHeader('ETag', tag);
  res.setHeader('Cache-Control', 'no-cache');
  // A 304 has the same Vary as the whole answer (RFC 9110, section 15.4.5).
  if (tag.startsWith('W/')) res.vary('Accept-Encoding');
  // Not `req.fresh`, which never answers a request with Cache-Control: no-cache by 304. That header is for caches
  // (RFC 9111, section 5.2.1.4), and browsers add it when a script bypasses their cache
  // (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
  const isNotModified = isListed(req.get('If-None-Match'), tag.slice(tag.indexOf('"') + 1, -1));
  if (isNotModified) res.status(304).end();
  return isNotModified;
}

const IF_MATCH =
  'must be the ETag of an answer, such as "17-h5x2k1", or its number, such as "17", or *';

/**
 * The positions that `If-Match` accepts (RFC 9110, section 13.1.1), each with its mark or as a number alone. Weak tags
 * match nothing, since the comparison is strong.
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

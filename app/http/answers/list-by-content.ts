import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { Slices } from '../../ledger/slice';
import { contentTag, sentNotModified } from './conditional';
import { JsonBody } from './json-body';

/**
 * Answers a GET with a JSON list that may be long. Its entity tag is a hash of its content.
 *
 * @param parts of the list, each serialized within a few milliseconds
 */
export async function sendListByContent(
  req: Request,
  res: Response,
  parts: AsyncIterable<readonly unknown[]>,
): Promise<void> {
  const slices = new Slices();
  const hash = createHash('sha256');
  const bytes: Buffer[] = [];
  for await (const part of parts) {
    const text = Buffer.from(part.map((entry) => `,${JSON.stringify(entry)}`).join(''));
    hash.update(text);
    bytes.push(text);
    if (slices.isOver) await slices.next();
  }
  if (sentNotModified(req, res, contentTag(hash))) return;
  await JsonBody.list('[', bytes, ']').send(res);
}

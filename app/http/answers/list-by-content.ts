import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { Slices } from '../../ledger/slice';
import { answeredAsKnown, contentTag } from './conditional';
import { JsonBody } from './json-body';

/**
 * Answers a GET with a JSON list whose entity tag is made from what it says, and which may be long.
 *
 * @param parts of the list, each put into words within a few milliseconds
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
  if (answeredAsKnown(req, res, contentTag(hash))) return;
  await JsonBody.list('[', bytes, ']').send(res);
}

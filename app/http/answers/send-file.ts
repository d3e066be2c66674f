import type { Response } from 'express';
import { Problem } from '../problems/problem';
import { shortened } from '../problems/shortened';

/** The options of Express for sending a file, with the folder that the file must be in. */
export type SendingFile = Parameters<Response['sendFile']>[1] & { readonly root: string };

/**
 * Answers with a whole file. Ranges are off: they count bytes of the uncompressed file, and the answer may be compressed.
 *
 * @throws Problem `unknown-path` if there is no such file
 */
export function sendFile(res: Response, file: string, sending: SendingFile): Promise<void> {
  return new Promise((resolve, reject) => {
    res.sendFile(file, { acceptRanges: false, ...sending }, (error) => {
      // The client is gone, or sees a broken answer: nothing more can be sent.
      if (!error || res.headersSent) resolve();
      else reject(isMissing(error) ? nothingAt(res.req.path) : error);
    });
  });
}

export function nothingAt(path: string): Problem {
  return new Problem('unknown-path', `There is nothing at ${shortened(path)}.`);
}

/** Express reports a missing file by the status 404, and a folder by EISDIR. */
function isMissing({ status, code }: Error & { status?: unknown; code?: unknown }): boolean {
  return status === 404 || code === 'EISDIR';
}

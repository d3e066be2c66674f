import type { Response } from 'express';
import { Problem } from '../problems/problem';
import { shortened } from '../problems/shortened';

/** How a file is sent: as Express takes it, and the folder that it must be in. */
export type SendingFile = Parameters<Response['sendFile']>[1] & { readonly root: string };

/**
 * Answers with a file, whole: a part of one that is compressed on its way would be counted in bytes that nobody gets.
 *
 * @throws Problem `unknown-path` where there is no such file
 */
export function sendFile(res: Response, file: string, sending: SendingFile): Promise<void> {
  return new Promise((resolve, reject) => {
    res.sendFile(file, { acceptRanges: false, ...sending }, (error) => {
      // The one who asked has hung up meanwhile, or will see a broken answer: there is nothing more to say.
      if (!error || res.headersSent) resolve();
      else reject(isMissing(error) ? nothingAt(res.req.path) : error);
    });
  });
}

export function nothingAt(path: string): Problem {
  return new Problem('unknown-path', `There is nothing at ${shortened(path)}.`);
}

/** A folder is no file. What else is not there, `send`, by which Express sends files, tells by a status. */
function isMissing({ status, code }: Error & { status?: unknown; code?: unknown }): boolean {
  return status === 404 || code === 'EISDIR';
}

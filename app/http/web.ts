import { existsSync } from 'node:fs';
import path from 'node:path';
import compression from 'compression';
import type { Response } from 'express';
import { z } from 'zod';
import { unchanged } from './answer-docs';
import type { FieldDoc } from './fields';
import { operation, type Resource } from './operation';
import { Problem } from './problem';

/** Where the build puts the page: seen from the source and from what is built alike. */
const BUILT_PAGE = path.join(__dirname, '..', '..', 'dist', 'page');

/** What the page's files are called: nothing that names a folder, or is hidden. */
const FILE_NAME = /^[\w-][\w.-]*$/;

/** The names of the page's files have a hash of what is in them. */
const MAX_AGE_MS = 31_536_000_000;

/** Pictures of products are wherever the catalogue says. */
const IMAGE_POLICY = "img-src 'self' data: https: http:";

/** `/` and `/assets/{file}`: the page to work with. */
export function web(folder = BUILT_PAGE): Resource[] {
  return [
    {
      path: '/',
      operations: {
        get: operation({
          summary: 'The page to work with',
          before: [compression()],
          answers: { 200: { description: 'A page.', type: 'text/html' } },
          problems: ['unknown-path'],
          handle: ({ res }) => {
            if (!existsSync(path.join(folder, 'index.html'))) {
              throw new Problem('unknown-path', 'The page is not built: run npm run build.');
            }
            const policy = res.get('Content-Security-Policy');
            res.set('Content-Security-Policy', [policy, IMAGE_POLICY].filter(Boolean).join(';'));
            res.set('Cache-Control', 'no-cache');
            // By its time a browser would take an older release, put back, for what it has.
            return sendFile(res, 'index.html', {
              root: folder,
              cacheControl: false,
              lastModified: false,
            });
          },
        }),
      },
    },
    {
      path: '/assets/{file}',
      operations: {
        get: operation({
          summary: 'A file of that page',
          params: z.strictObject({
            file: z
              .string()
              .meta({ doc: { type: 'string', examples: ['icon.svg'] } satisfies FieldDoc }),
          }),
          before: [compression()],
          answers: { 200: { description: 'The file.', type: '*/*' }, 304: unchanged },
          problems: ['unknown-path'],
          handle: ({ params: { file }, req, res }) => {
            const root = path.join(folder, 'assets');
            if (!FILE_NAME.test(file) || !existsSync(path.join(root, file))) {
              throw new Problem('unknown-path', `There is nothing at ${req.path}.`);
            }
            return sendFile(res, file, { root, maxAge: MAX_AGE_MS, immutable: true });
          },
        }),
      },
    },
  ];
}

type Sending = Parameters<Response['sendFile']>[1];

function sendFile(res: Response, file: string, options: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    // A part of what is compressed would be counted in bytes that nobody gets.
    res.sendFile(file, { ...options, acceptRanges: false }, (error) =>
      error && !res.headersSent ? reject(error) : resolve(),
    );
  });
}

import path from 'node:path';
import compression from 'compression';
import { z } from 'zod';
import { PUBLIC } from '../access/need';
import { unchanged } from '../answers/answer-docs';
import { nothingAt, sendFile } from '../answers/send-file';
import type { FieldDoc } from '../fields/field';
import { operation, type Resource } from '../operation';
import { Problem } from '../problems/problem';

/** Names of the page's files: no folders, and no hidden files. */
const FILE_NAME = /^[\w-][\w.-]*$/;

/** Names with a hash of the content, such as `index-BxK3v_9a.js`: these files never change. */
const HASHED = /-[\w-]{8}\.\w+$/;
const HASHED_MAX_AGE_MS = 31_536_000_000;

/** The icon has no hash. Browsers ask again after an hour. */
const MAX_AGE_MS = 3_600_000;

/** Images of products may be on any site. */
const IMAGE_POLICY = "img-src 'self' data: https: http:";

/**
 * `/` and `/assets/{file}`: the page for people.
 *
 * @param folder of the built page
 */
export function web(folder: string): Resource[] {
  return [
    {
      path: '/',
      operations: {
        get: operation({
          need: PUBLIC,
          summary: 'The page for people',
          before: [compression()],
          answers: { 200: { description: 'A page.', type: 'text/html' } },
          problems: ['unknown-path'],
          handle: async ({ res }) => {
            const policy = res.get('Content-Security-Policy');
            const headers = {
              'Content-Security-Policy': [policy, IMAGE_POLICY].filter(Boolean).join(';'),
              'Cache-Control': 'no-cache',
            };
            try {
              // Without Last-Modified: after a return to an older release, browsers would keep the newer page.
              const whole = { root: folder, headers, cacheControl: false, lastModified: false };
              await sendFile(res, 'index.html', whole);
            } catch (error) {
              if (!(error instanceof Problem)) throw error;
              throw new Problem('unknown-path', 'The page is not built: run npm run build.');
            }
          },
        }),
      },
    },
    {
      path: '/assets/{file}',
      operations: {
        get: operation({
          need: PUBLIC,
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
            if (!FILE_NAME.test(file)) throw nothingAt(req.path);
            const immutable = HASHED.test(file);
            const maxAge = immutable ? HASHED_MAX_AGE_MS : MAX_AGE_MS;
            return sendFile(res, file, { root: path.join(folder, 'assets'), maxAge, immutable });
          },
        }),
      },
    },
  ];
}

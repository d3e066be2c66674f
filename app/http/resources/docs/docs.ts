import path from 'node:path';
import { z } from 'zod';
import { PUBLIC } from '../../access/need';
import { unchanged } from '../../answers/answer-docs';
import { basePathOf } from '../../answers/base-path';
import { nothingAt, sendFile } from '../../answers/send-file';
import type { FieldDoc } from '../../fields/field';
import { operation, type Resource } from '../../operation';
import { INITIALIZER, PAGE, STYLE } from './swagger-page';

const SWAGGER_UI = path.dirname(require.resolve('swagger-ui-dist/package.json'));

/** The files of the page. All but the initializer and style.css are in the package swagger-ui-dist. */
const FILES = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'favicon-32x32.png',
  'initializer.js',
  'style.css',
];

/** Files of a package change only with a release. Browsers ask again after an hour. */
const MAX_AGE_MS = 3_600_000;

/** Swagger UI sets styles on elements, and has its icons as data in its style sheet. */
const LOOSER_POLICY = "style-src 'self' 'unsafe-inline';img-src 'self' data:";

/** `/docs`: the documentation of the API, to read and to try out. Nothing is loaded from other sites. */
export function docs(): Resource[] {
  return [
    {
      path: '/docs',
      operations: {
        get: operation({
          need: PUBLIC,
          summary: 'This documentation, to read and to try out',
          answers: { 200: { description: 'A page.', type: 'text/html' } },
          handle: ({ res }) => {
            const policy = res.get('Content-Security-Policy');
            res.set('Content-Security-Policy', [policy, LOOSER_POLICY].filter(Boolean).join(';'));
            res
              .set('Cache-Control', 'no-cache')
              .type('html')
              .send(PAGE.replaceAll('="/docs/', `="${basePathOf(res)}/docs/`));
          },
        }),
      },
    },
    {
      path: '/docs/{file}',
      operations: {
        get: operation({
          need: PUBLIC,
          summary: 'A file of that page',
          params: z.strictObject({
            file: z.string().meta({ doc: { type: 'string', enum: FILES } satisfies FieldDoc }),
          }),
          answers: { 200: { description: 'The file.', type: '*/*' }, 304: unchanged },
          problems: ['unknown-path'],
          handle: ({ params: { file }, req, res }) => {
            if (!FILES.includes(file)) throw nothingAt(req.path);
            if (file === 'initializer.js') {
              res
                .set('Cache-Control', 'no-cache')
                .type('js')
                .send(INITIALIZER.replace("'/openapi.json'", `'${basePathOf(res)}/openapi.json'`));
              return;
            }
            if (file === 'style.css') {
              res.set('Cache-Control', 'no-cache').type('css').send(STYLE);
              return;
            }
            return sendFile(res, file, { root: SWAGGER_UI, maxAge: MAX_AGE_MS });
          },
        }),
      },
    },
  ];
}

import path from 'node:path';
import { z } from 'zod';
import { unchanged } from './answer-docs';
import { basePathOf } from './base-path';
import type { FieldDoc } from './fields';
import { operation, type Resource } from './operation';
import { nothingAt, sendFile } from './send-file';

const SWAGGER_UI = path.dirname(require.resolve('swagger-ui-dist/package.json'));

/** What the page is made of; all but the initializer comes from the package swagger-ui-dist. */
const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png', 'initializer.js'];

/** Files of a package change with a release only; a browser asks again after an hour. */
const MAX_AGE_MS = 3_600_000;

const PAGE = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Inventory API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
    <script defer src="/docs/swagger-ui-bundle.js"></script>
    <script defer src="/docs/initializer.js"></script>
  </head>
  <body>
    <div id="swagger-ui"></div>
  </body>
</html>
`;

/**
 * Swagger UI would fill a form with made-up values, which together are faulty, or send empty ones: only
 * examples are to stand there, and an empty field is sent where its box is ticked.
 */
const INITIALIZER = `const examplesOnly = () => ({
  afterLoad() {
    const { getSampleSchema } = this.fn;
    this.fn.getSampleSchema = (schema, mediaType, ...more) =>
      mediaType === false && !schema.has('examples')
        ? ''
        : getSampleSchema(schema, mediaType, ...more);
  },
  wrapComponents: {
    ParameterIncludeEmpty: (Box, { React }) => (props) =>
      React.createElement(Box, {
        ...props,
        isIncludedOptions: { ...props.isIncludedOptions, defaultValue: false },
      }),
  },
});

SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
  plugins: [examplesOnly],
});
`;

/** Swagger UI sets styles on its elements, and has its icons in its style sheet. */
const LOOSER_POLICY = "style-src 'self' 'unsafe-inline';img-src 'self' data:";

/** `/docs`: the documentation to read and to try out, all of it served from here. */
export function docs(): Resource[] {
  return [
    {
      path: '/docs',
      operations: {
        get: operation({
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
            return sendFile(res, file, { root: SWAGGER_UI, maxAge: MAX_AGE_MS });
          },
        }),
      },
    },
  ];
}

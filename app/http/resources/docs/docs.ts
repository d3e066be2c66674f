import path from 'node:path';
import { z } from 'zod';
import { unchanged } from '../../answers/answer-docs';
import { basePathOf } from '../../answers/base-path';
import { nothingAt, sendFile } from '../../answers/send-file';
import type { FieldDoc } from '../../fields/field';
import { operation, type Resource } from '../../operation';

const SWAGGER_UI = path.dirname(require.resolve('swagger-ui-dist/package.json'));

/** What the page is made of; all but initializer and style comes from the package swagger-ui-dist. */
const FILES = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'favicon-32x32.png',
  'initializer.js',
  'style.css',
];

/** Files of a package change with a release only; a browser asks again after an hour. */
const MAX_AGE_MS = 3_600_000;

const PAGE = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Inventory API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="stylesheet" href="/docs/style.css">
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
    <script defer src="/docs/swagger-ui-bundle.js"></script>
    <script defer src="/docs/initializer.js"></script>
  </head>
  <body>
    <div id="swagger-ui"></div>
  </body>
</html>
`;

/** Some of Swagger UI's colours are too pale to read, and what has the focus cannot be seen (WCAG 2.2, 1.4.3, 2.4.7). */
const STYLE = `.swagger-ui .opblock .opblock-summary-method { color: #10181f; text-shadow: none; }
.swagger-ui .info .title small { background: #525c6b; }
.swagger-ui .info .title small.version-stamp { background: #3f6b00; }
.swagger-ui .info a, .swagger-ui .info .url, .swagger-ui .info .link { color: #1a5fb4; }
.swagger-ui .btn.cancel { border-color: currentColor; color: #b3261e; }
.swagger-ui .btn.execute { background: #1a5fb4; border-color: #1a5fb4; color: #fff; }
.swagger-ui .parameter__in, .swagger-ui .prop-format { color: #565b63; }
.swagger-ui .microlight span { color: #ffb4a8 !important; }
.swagger-ui :focus-visible { outline: 2px solid currentColor !important; outline-offset: 2px; }
html.dark-mode { background: #1c2022; color-scheme: dark; }
html.dark-mode .swagger-ui .info a, html.dark-mode .swagger-ui .info .url,
html.dark-mode .swagger-ui .info .link { color: #8fc3ff; }
html.dark-mode .swagger-ui .btn.cancel { border-color: currentColor !important; color: #ffa29b !important; }
html.dark-mode .swagger-ui .btn.execute { background: #51a8ff; color: #080a0b; }
html.dark-mode .swagger-ui .parameter__in, html.dark-mode .swagger-ui .prop-format,
html.dark-mode .swagger-ui .header-col { color: #c9ced1; }
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
    // A link within the button that opens an operation: neither is to be got at alone (WCAG 2.2, 4.1.2).
    DeepLink: (Link, { React }) => (props) =>
      React.createElement(props.path?.includes('/') ? 'span' : Link, props.path?.includes('/') ? {} : props, props.text),
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

// It has a dark form, but leaves to others when to show it.
const scheme = matchMedia('(prefers-color-scheme: dark)');
const colour = () => document.documentElement.classList.toggle('dark-mode', scheme.matches);
scheme.addEventListener('change', colour);
colour();

// What it leaves out for those who do not see the page: names, and headings in their order.
const LEVELS = { H3: 2, H4: 3, H5: 4 };
const mend = () => {
  document.querySelector('.swagger-ui .information-container')?.setAttribute('role', 'banner');
  for (const heading of document.querySelectorAll('.swagger-ui :is(h3, h4, h5):not([aria-level])')) {
    heading.setAttribute('role', 'heading');
    heading.setAttribute('aria-level', LEVELS[heading.tagName]);
  }
  for (const choice of document.querySelectorAll('.swagger-ui select:not([aria-label])')) {
    choice.setAttribute('aria-label', choice.closest('tr[data-param-name]')?.dataset.paramName ?? choice.closest('tr')?.querySelector('td')?.innerText ?? 'Choice');
  }
  for (const table of document.querySelectorAll('.swagger-ui table[role="region"]:not([aria-label])')) {
    table.setAttribute('aria-label', 'Responses of ' + table.closest('.opblock')?.id);
  }
  for (const text of document.querySelectorAll('.swagger-ui pre.microlight:not([tabindex])')) {
    text.tabIndex = 0;
  }
};
new MutationObserver(mend).observe(document.getElementById('swagger-ui'), {
  childList: true,
  subtree: true,
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

/** The page of the documentation. Its scripts and styles are files of `/docs`. */
export const PAGE = `<!DOCTYPE html>
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

/** Gives Swagger UI enough contrast and a visible focus (WCAG 2.2, 1.4.3, 2.4.7). */
export const STYLE = `.swagger-ui .opblock .opblock-summary-method { color: #10181f; text-shadow: none; }
.swagger-ui .info .title small { background: #525c6b; }
.swagger-ui .info .title small.version-stamp { background: #3f6b00; }
.swagger-ui .info a, .swagger-ui .info .url, .swagger-ui .info .link { color: #1a5fb4; }
.swagger-ui .btn.cancel { border-color: currentColor; color: #b3261e; }
.swagger-ui .btn.execute { background: #1a5fb4; border-color: #1a5fb4; color: #fff; }
.swagger-ui .btn.authorize { border-color: currentColor; color: #146c43; }
.swagger-ui .btn.authorize svg { fill: currentColor; }
.swagger-ui .parameter__in, .swagger-ui .prop-format { color: #565b63; }
.swagger-ui .microlight span { color: #ffb4a8 !important; }
.swagger-ui :focus-visible { outline: 2px solid currentColor !important; outline-offset: 2px; }
html.dark-mode { background: #1c2022; color-scheme: dark; }
html.dark-mode .swagger-ui .info a, html.dark-mode .swagger-ui .info .url,
html.dark-mode .swagger-ui .info .link { color: #8fc3ff; }
html.dark-mode .swagger-ui .btn.cancel { border-color: currentColor !important; color: #ffa29b !important; }
html.dark-mode .swagger-ui .btn.authorize { border-color: currentColor !important; color: #7ee0b0 !important; }
html.dark-mode .swagger-ui .btn.execute { background: #51a8ff; color: #080a0b; }
html.dark-mode .swagger-ui .parameter__in, html.dark-mode .swagger-ui .prop-format,
html.dark-mode .swagger-ui .header-col { color: #c9ced1; }
`;

/**
 * Starts Swagger UI. By itself it fills forms with made-up values, which do not fit together, and sends empty fields. Here
 * only examples are filled in, and an empty field is sent only if its box is ticked.
 */
export const INITIALIZER = `const examplesOnly = () => ({
  afterLoad() {
    const { getSampleSchema } = this.fn;
    this.fn.getSampleSchema = (schema, mediaType, ...more) =>
      mediaType === false && !schema.has('examples')
        ? ''
        : getSampleSchema(schema, mediaType, ...more);
  },
  wrapComponents: {
    // A link inside the button that opens an operation cannot be reached by itself (WCAG 2.2, 4.1.2).
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

// Swagger UI has a dark theme, but does not switch it on.
const scheme = matchMedia('(prefers-color-scheme: dark)');
const colour = () => document.documentElement.classList.toggle('dark-mode', scheme.matches);
scheme.addEventListener('change', colour);
colour();

// Adds what screen readers need: names, and headings with their levels.
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

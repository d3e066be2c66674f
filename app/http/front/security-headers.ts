/**
 * The security headers of every answer, as OWASP recommends them for an API and a page without frames
 * (https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html). Strict-Transport-Security is left out:
 * TLS, if any, ends in front of this service, which may be plain HTTP in a shop's own network. Headers that current
 * browsers ignore are left out, too.
 */
export const SECURITY_HEADERS: readonly (readonly [name: string, value: string])[] = [
  // https://www.w3.org/TR/CSP3/#directives
  [
    'Content-Security-Policy',
    "default-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none';object-src 'none'",
  ],
  // https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policies
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  // https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  // https://www.w3.org/TR/referrer-policy/#referrer-policy-no-referrer
  ['Referrer-Policy', 'no-referrer'],
  // https://fetch.spec.whatwg.org/#x-content-type-options-header
  ['X-Content-Type-Options', 'nosniff'],
];

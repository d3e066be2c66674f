/** The first segments of the service's paths, as `/openapi.json` lists them; a test holds the two together. */
export const SERVED = [
  'alerts',
  'docs',
  'healthz',
  'imports',
  'inventory',
  'metrics',
  'openapi.json',
  'overview',
  'problems',
  'products',
  'readyz',
  'records',
  'requests',
  'sales',
] as const;

/**
 * Matches what `npm run dev:page` passes on to the service. The page's sources have folders of the same names,
 * such as `/sales/sales-screen.tsx`: they are the page's. A CSV export, such as `/sales.csv`, is the service's.
 */
export const TO_SERVICE = `^/(docs/.*|(${SERVED.join('|').replace('.', '\\.')})(\\.csv)?([/?](?!.*\\.(tsx?|css)).*)?)$`;

import { readFileSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm run dev:page` finds the API: a service that was started by `./run.sh`, unless told otherwise. */
// biome-ignore lint/style/noRestrictedGlobals: Vite reads this file in a process of its own.
const SERVICE = process.env.DEV_SERVICE_URL ?? 'http://127.0.0.1:5000';

/** The first segments of the service's paths, as `/openapi.json` lists them; a test holds the two together. */
const served: string[] = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'dev-proxy.json'), 'utf8'),
);

/**
 * Matches what is passed on to the service. The page's sources have folders of the same names, such as
 * `/sales/sales-screen.tsx`: they are the page's. A CSV export, such as `/sales.csv`, is the service's.
 */
const TO_SERVICE = `^/(docs/.*|(${served.join('|').replace('.', '\\.')})(\\.csv)?([/?](?!.*\\.(tsx?|css)).*)?)$`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Relative, so that one build works under any BASE_PATH.
  base: './',
  build: {
    outDir: path.join(import.meta.dirname, '..', '..', 'dist', 'page'),
    emptyOutDir: true,
    // A style or a picture inside a script or a page would need a looser Content-Security-Policy.
    assetsInlineLimit: 0,
    // One style sheet, small, from the start. Vite asks for the style sheet of a screen once only, so a screen that
    // is loaded again after a failure would come without it.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        // The one file whose name can be known beforehand: the documentation's example.
        assetFileNames: ({ names }) =>
          names.includes('icon.svg') ? 'assets/icon.svg' : 'assets/[name]-[hash][extname]',
      },
    },
    modulePreload: { polyfill: false },
    target: 'baseline-widely-available',
  },
  server: { proxy: { [TO_SERVICE]: SERVICE } },
});

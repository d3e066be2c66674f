import { readdirSync } from 'node:fs';
import path from 'node:path';
import { refused } from './lint';

/** The file of each screen of the page, as `stock/stock-screen`. */
const screens = readdirSync('app/web', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('-screen.tsx'))
  .map((file) => file.replace(/\.tsx$/, ''));

test('the lint refuses each import of one screen of the page by another', () => {
  const probes = screens.flatMap((from) =>
    screens
      .filter((to) => to !== from)
      .map((to) => ({
        importer: `web/${path.dirname(from)}/probe`,
        statement: `import '../${to}';`,
      })),
  );
  const refusedOnes = refused(probes);
  expect(screens.length).toBeGreaterThan(1);
  expect(probes.filter((probe) => !refusedOnes.has(probe))).toEqual([]);
});

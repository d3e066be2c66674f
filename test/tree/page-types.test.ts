import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The files of app/wire that need zod when they run: schemas of answers. */
const schemas = filesOf('app/wire').filter((file) =>
  readFileSync(file, 'utf8').includes("from 'zod'"),
);

test('page and client take types alone from the schemas of answers, so that no page loads zod', () => {
  expect(schemas.length).toBeGreaterThan(5);
  const loading = [...filesOf('app/client'), ...filesOf('app/web')].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^(import|export)\b([^;]*?) from '(\.[^']*)';/gm)]
      .filter(([, , what = '']) => !what.startsWith(' type '))
      .map(([, , , from = '']) => path.join(path.dirname(file), `${from}.ts`))
      .filter((target) => schemas.includes(target))
      .map((target) => `${file} loads ${target}`),
  );
  expect(loading).toEqual([]);
});

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(folder, name));
}

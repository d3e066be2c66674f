import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const glossary = readFileSync('docs/glossary.md', 'utf8');

/** The words that the glossary defines, in its order. */
const terms = [...glossary.matchAll(/^\*\*.*?\*\*:/gm)].map(([heading]) =>
  [...heading.matchAll(/\*\*(.*?)\*\*/g)].map(([, term]) => term as string),
);

const sources = ['app', 'db'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(tsx?|sql|sh)$/.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8')),
);
const code = sources.join('\n');

/** Also as one name: `catchUp`, `catch_up`, `catch-up`. */
const asNamed = (term: string) => new RegExp(term.replaceAll(/[\s-]/g, '[\\s_-]?'), 'i');

test('the glossary is in alphabetical order, and defines no word twice', () => {
  const heads = terms.map(([head]) => head as string);
  expect(heads).toEqual([...heads].sort((a, b) => a.localeCompare(b, 'en')));
  const all = terms.flat();
  expect(new Set(all).size).toBe(all.length);
});

test.each(terms.flat())('the code knows "%s"', (term) => {
  expect(asNamed(term).test(code)).toBe(true);
});

test('names in backticks are in the code', () => {
  const names = [...glossary.matchAll(/`([A-Za-z_]+)`/g)].map(([, name]) => name as string);
  expect(names.filter((name) => !code.includes(name))).toEqual([]);
});

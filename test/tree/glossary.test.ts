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
const comments = /\/\*[\s\S]*?\*\/|\/\/.*|-- .*/g;

/** The words of a text, in lower case: `catchUp`, `catch_up` and `catch-up` are two words. */
const wordsOf = (text: string) =>
  text
    .replaceAll(/([a-z\d])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3 $2$4')
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, ' ');
const named = ` ${wordsOf(code.replaceAll(comments, ' '))} `;
const said = ` ${wordsOf(code)} `;

/** What comments say of the code, and no name does. */
const ONLY_SAID = ['follower', 'plain form', 'quick form'];

/** Whether a text has these words next to each other. The last one may be a plural. */
function has(text: string, term: string): boolean {
  const words = wordsOf(term);
  const plurals = [`${words}s`, `${words}es`, words.replace(/y$/, 'ies')];
  return [words, ...plurals].some((form) => text.includes(` ${form} `));
}

test('the glossary is in alphabetical order, and defines no word twice', () => {
  const heads = terms.map(([head]) => head as string);
  expect(heads).toEqual([...heads].sort((a, b) => a.localeCompare(b, 'en')));
  const all = terms.flat();
  expect(new Set(all).size).toBe(all.length);
});

test.each(terms.flat())('the code knows "%s"', (term) => {
  expect(has(ONLY_SAID.includes(term) ? said : named, term)).toBe(true);
});

test('names in backticks are in the code', () => {
  const names = [...glossary.matchAll(/`([A-Za-z_]+)`/g)].map(([, name]) => name as string);
  expect(names.filter((name) => !code.includes(name))).toEqual([]);
});

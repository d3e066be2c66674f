import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROBLEMS } from '../../app/wire/problem';

const DOCUMENT = readFileSync(path.join(__dirname, '..', '..', 'docs', 'problems.md'), 'utf8');

/** The sections of the document: what follows each second-level heading, by heading. */
const sections = DOCUMENT.split(/^## /m)
  .slice(1)
  .map((section): [string, string] => {
    const [heading = '', ...lines] = section.split('\n');
    return [heading, lines.join('\n')];
  });

test('every problem is documented under its type, with its status and title, and no other is', () => {
  const documented = sections.map(([type, text]) => [type, text.trim().split('\n')[0]]);
  const there = Object.entries(PROBLEMS).map(([type, { status, title }]) => [
    type,
    `${status} ${title}`,
  ]);
  expect(documented).toEqual(there);
});

test.each(sections)('%s is documented with when it comes and what to do', (_type, text) => {
  expect(text).toMatch(/^\*\*When:\*\* \w/m);
  expect(text).toMatch(/^\*\*What to do:\*\* \w/m);
});

test('the example in the document has the type, title and status of its problem', () => {
  const [, json = ''] = /```json\n(.*?)```/s.exec(DOCUMENT) ?? [];
  const { type, title, status } = JSON.parse(json);
  const problem = PROBLEMS[String(type).replace('/problems/', '') as keyof typeof PROBLEMS];
  expect({ title, status }).toEqual(problem);
});

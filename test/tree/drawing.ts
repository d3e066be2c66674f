import { readFileSync } from 'node:fs';

/** An arrow of README's drawing: `from` may import `to`. Both are parts of app/, or `to` is one file of a part. */
export interface Arrow {
  from: string;
  to: string;
}

/** The alternatives of one place in a line: `{ http, store }` are two, `main` is one. */
const alternatives = (place: string) =>
  place
    .replace(/^\{|\}$/g, '')
    .split(',')
    .map((name) => name.trim());

/** Every arrow of a drawing. In a line, each place may import all that is right of it. */
export function arrowsOf(drawing: string): Arrow[] {
  const arrows: Arrow[] = [];
  for (const line of drawing.split('\n').filter((text) => text.includes('→'))) {
    const places = line.split('→').map((place) => alternatives(place.trim()));
    for (const [index, froms] of places.entries())
      for (const to of places.slice(index + 1).flat())
        for (const from of froms) arrows.push({ from, to });
  }
  return arrows;
}

/** The drawing in README: its indented lines with an arrow. */
export const readmeDrawing = readFileSync('README.md', 'utf8')
  .split('\n')
  .filter((line) => /^ {4}.*→/.test(line))
  .join('\n');

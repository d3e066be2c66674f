import { type Node, parseTree } from 'jsonc-parser';
import { Problem } from '../problem';
import { type Fields, gather } from './gather';

/**
 * Reads a JSON object. JSON.parse alone would round numbers, forget how they were written, and keep the
 * last of several members of one name: so numbers are put in quotes for it, and where a name is repeated
 * the syntax tree is read instead, which has all of it and takes ten times as long.
 *
 * @throws Problem `malformed-body`
 */
export function jsonFields(body: string): Fields {
  const json = parse(body);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Problem('malformed-body', 'The body must be one JSON object of fields.');
  }
  return json as Fields;
}

function parse(body: string): unknown {
  try {
    const { text, names } = quoted(body);
    const json: unknown = JSON.parse(text);
    return countNames(json) === names ? json : asSent(body, parseTree(body) as Node);
  } catch {
    // Not JSON, or nested beyond what a stack holds.
    throw new Problem('malformed-body', 'The body is not well-formed JSON.');
  }
}

/**
 * In JSON: a string or a number, each with the colon that makes it a name. A string that is not closed goes on to
 * the end, lest it be looked through again from every quote in it.
 */
const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*"?)(\s*:)?|-?\d[\d.eE+-]*(?:\s*:)?/gs;

/** A number as JSON has it (RFC 8259, section 6). */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** JSON with its numbers as strings, and how many names of members there are in it. @throws SyntaxError */
function quoted(body: string): { text: string; names: number } {
  let names = 0;
  const text = body.replace(TOKEN, (token, string?: string, colon?: string) => {
    if (colon !== undefined) names += 1;
    if (string !== undefined) return token;
    // In quotes it would pass, and so would a name that is a number.
    if (!NUMBER.test(token)) throw new SyntaxError(`${token} is no number`);
    return `"${token}"`;
  });
  return { text, names };
}

/** How many members the objects of a value have: fewer than were written where a name is repeated. */
function countNames(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members = Object.values(value);
  const own = Array.isArray(value) ? 0 : members.length;
  return members.reduce((sum: number, member) => sum + countNames(member), own);
}

/** A value with its numbers as the text that was sent. */
function asSent(body: string, { type, value, offset, length, children = [] }: Node): unknown {
  switch (type) {
    case 'object':
      return gather(
        children.map(({ children: [name, member] = [] }) => [
          name?.value as string,
          asSent(body, member as Node),
        ]),
      );
    case 'array':
      return children.map((item) => asSent(body, item));
    case 'number':
      return body.slice(offset, offset + length);
    default:
      return value;
  }
}

import { type Node, parseTree } from 'jsonc-parser';
import { Problem } from '../problem';
import { type Fields, gather } from './gather';

/**
 * Reads a JSON object. JSON.parse alone would round numbers, forget how they were written, and keep the
 * last of several members of one name; the syntax tree has all of it.
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
    // The tree forgives what is not JSON; this does not.
    JSON.parse(body);
    return asSent(body, parseTree(body) as Node);
  } catch {
    // Not JSON, or nested beyond what a stack holds.
    throw new Problem('malformed-body', 'The body is not well-formed JSON.');
  }
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

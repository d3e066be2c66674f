/** What a body said, field by field: text as a rule, an array where a field was given more than once. */
export type Fields = Readonly<Record<string, unknown>>;

/** Puts fields together by name. No name, such as `__proto__`, means anything to JavaScript in the result. */
export function gather(pairs: Iterable<readonly [string, unknown]>): Fields {
  const fields: Record<string, unknown> = Object.create(null);
  for (const [name, value] of pairs) {
    fields[name] = name in fields ? [fields[name], value].flat() : value;
  }
  return fields;
}

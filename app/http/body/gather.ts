/** What a body said, field by field: text as a rule, an array where a field was given more than once. */
export type Fields = Readonly<Record<string, unknown>>;

/** Puts fields together by name. No name, such as `__proto__`, means anything to JavaScript in the result. */
export function gather(pairs: Iterable<readonly [string, unknown]>): Fields {
  const fields: Record<string, unknown> = Object.create(null);
  const repeated = new Map<string, unknown[]>();
  for (const [name, value] of pairs) {
    const values = repeated.get(name);
    if (values) values.push(value);
    else if (name in fields) {
      // Flattened once, below: a body may repeat one name as often as it has room for.
      repeated.set(name, [fields[name], value]);
    } else fields[name] = value;
  }
  for (const [name, values] of repeated) fields[name] = values.flat();
  return fields;
}

/** The fields of a body: text as a rule, an array if a field was sent more than once. */
export type Fields = Readonly<Record<string, unknown>>;

/** Collects fields by name. The result has no prototype, so names such as `__proto__` are ordinary. */
export function gather(pairs: Iterable<readonly [string, unknown]>): Fields {
  const fields: Record<string, unknown> = Object.create(null);
  const repeated = new Map<string, unknown[]>();
  for (const [name, value] of pairs) {
    const values = repeated.get(name);
    if (values) values.push(value);
    else if (name in fields) {
      // Flattened once, below: a body may repeat a name many thousand times.
      repeated.set(name, [fields[name], value]);
    } else fields[name] = value;
  }
  for (const [name, values] of repeated) fields[name] = values.flat();
  return fields;
}

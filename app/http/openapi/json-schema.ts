import { z } from 'zod';

/** A JSON Schema, of the draft that OpenAPI 3.1 takes: 2020-12. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What a request may send, by the very schema that reads it. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return jsonSchema(schema, 'input');
}

/** What an answer says. */
export function outputSchema(schema: z.ZodType): JsonSchema {
  return jsonSchema(schema, 'output');
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    // What only a function can tell is told by `doc`.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const doc = z.globalRegistry.get(zodSchema)?.doc;
      if (doc) replace(jsonSchema, doc);
      else prune(jsonSchema);
    },
  });
  return json;
}

/** A field reads text, and turns it into what it means; the documentation is about that. */
function replace(schema: JsonSchema, doc: object): void {
  for (const keyword of Object.keys(schema)) delete schema[keyword];
  Object.assign(schema, doc);
}

/** Leaves out what only repeats the format or the type. */
function prune(schema: JsonSchema): void {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}

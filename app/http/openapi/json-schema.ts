import { z } from 'zod';

/** A JSON Schema of draft 2020-12, which OpenAPI 3.1 uses. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema of input, made from the schema that reads it. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return jsonSchema(schema, 'input');
}

/** The JSON Schema of an answer. */
export function outputSchema(schema: z.ZodType): JsonSchema {
  return jsonSchema(schema, 'output');
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    // Where zod has a function, `doc` says what it takes.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const doc = z.globalRegistry.get(zodSchema)?.doc;
      if (doc) replace(jsonSchema, doc);
      else prune(jsonSchema);
    },
  });
  return json;
}

/** Fields read text and turn it into something else. The documentation shows the result. */
function replace(schema: JsonSchema, doc: object): void {
  for (const keyword of Object.keys(schema)) delete schema[keyword];
  Object.assign(schema, doc);
}

/** Removes keywords that only repeat the format or the type. */
function prune(schema: JsonSchema): void {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}

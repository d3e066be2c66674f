import { METHODS, type Method, type Operation, type Resource } from '../operation';
import { inputSchema, type JsonSchema } from './json-schema';
import type { OpenApiDocument, OperationObject } from './objects';
import { bodyName, operationDoc, tagOf } from './operation-doc';
import { BEFORE_PATHS, PROBLEM_SCHEMA } from './problem-answers';

/** The version of what is documented: that of the package. */
export const API_VERSION = '0.1.0';

const DESCRIPTION = `Every change of stock is one record of an append-only ledger; what is in stock is the latest record of each product.

- Fields come as multipart/form-data, as application/x-www-form-urlencoded or as one JSON object.
- Times are RFC 3339, in UTC. Days are days of the shop's time zone, which GET /overview names.
- Errors are problems (RFC 9457) with a \`type\`; GET /problems lists all types. Unknown paths answer \`unknown-path\`.
- Any request may be refused before its path is looked at, by ${BEFORE_PATHS.map((type) => `\`${type}\``).join(', ')}.
- Requests that change something are refused if a page of another site sent them: \`cross-site\`.
- Every path that takes GET also takes HEAD. Every path takes OPTIONS.
- Every answer has an X-Request-Id, which is also in the service's log.`;

/** The documentation of resources, made from their own descriptions. */
export function openApiDocument(resources: readonly Resource[]): OpenApiDocument {
  const tags = new Set(resources.map(({ path }) => tagOf(path)));
  return {
    openapi: '3.1.1',
    info: { title: 'Inventory', version: API_VERSION, description: DESCRIPTION },
    tags: [...tags].map((name) => ({ name })),
    paths: Object.fromEntries(resources.map((resource) => [resource.path, pathItem(resource)])),
    components: {
      schemas: { Problem: PROBLEM_SCHEMA, ...Object.fromEntries(resources.flatMap(bodies)) },
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description:
            'With ACCESS=keys: a key from POST /keys that has the scopes of the operation. With ACCESS=open nobody is asked.',
        },
      },
    },
  };
}

function pathItem(resource: Resource): Partial<Record<Method, OperationObject>> {
  return Object.fromEntries(
    operationsOf(resource).map(([method, operation]) => [
      method,
      operationDoc(method, resource.path, operation),
    ]),
  );
}

function bodies(resource: Resource): [string, JsonSchema][] {
  return operationsOf(resource).flatMap(([method, { body, example }]) => {
    if (!body) return [];
    const schema = withExample(inputSchema(body), example);
    return [[bodyName(method, resource.path), schema] as [string, JsonSchema]];
  });
}

/** Puts the example into each field: pages that show a form take it from there. */
function withExample(schema: JsonSchema, example: unknown): JsonSchema {
  const values = new Map(Object.entries(example ?? {}));
  const shown = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    values.has(name) ? { ...(property as JsonSchema), examples: [values.get(name)] } : property,
  ]);
  return { ...schema, properties: Object.fromEntries(shown) };
}

function operationsOf({ operations }: Resource): [Method, Operation][] {
  return METHODS.flatMap((method) => {
    const operation = operations[method];
    return operation ? [[method, operation] as [Method, Operation]] : [];
  });
}

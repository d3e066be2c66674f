import type { Need } from '../access/need';
import type { AnswerDoc } from '../answers/answer-docs';
import type { Method, Operation } from '../operation';
import { answerHeaders, headerParameters } from './documented-headers';
import { inputSchema, type JsonSchema, outputSchema } from './json-schema';
import type { ContentObject, OperationObject, ParameterObject, ResponseObject } from './objects';
import { problemAnswers } from './problem-answers';

/** The name of the path `/`, which has no segment. */
const ROOT = 'page';

/** The name of an operation, made from method and path: `getInventoryByProductIDRecords`. */
function operationID(method: Method, path: string): string {
  const words = (path === '/' ? ROOT : path).replaceAll('{', 'by/').split(/[^A-Za-z0-9]+/);
  return [method, ...words.filter(Boolean).map(capitalized)].join('');
}

/** The name of the schema of an operation's body. */
export function bodyName(method: Method, path: string): string {
  return `${capitalized(operationID(method, path))}Body`;
}

/** The resource that a path belongs to: its first segment, without a format such as `.csv`. */
export function tagOf(path: string): string {
  return /^\/([^/.]+)/.exec(path)?.[1] ?? ROOT;
}

/** The documentation of an operation. */
export function operationDoc(method: Method, path: string, operation: Operation): OperationObject {
  const { summary, description, consumes, params, query, need } = operation;
  return {
    operationId: operationID(method, path),
    summary,
    ...(description !== undefined && { description }),
    tags: [tagOf(path)],
    parameters: [
      ...(params ? parameters('path', inputSchema(params)) : []),
      ...(query ? parameters('query', inputSchema(query)) : []),
      ...headerParameters(operation),
    ],
    ...(consumes.length > 0 && { requestBody: requestBody(method, path, operation) }),
    security: securityOf(need),
    responses: { ...answers(operation), ...problemAnswers(method, operation) },
  };
}

/** What a caller needs, as alternatives: one is enough, and of that all its scopes are needed. */
function securityOf({ isPublic, all = [], any }: Need): OperationObject['security'] {
  if (isPublic) return [];
  return any ? any.map((scope) => ({ key: [...all, scope] })) : [{ key: all }];
}

function parameters(
  where: 'path' | 'query',
  { properties = {}, required = [] }: JsonSchema,
): ParameterObject[] {
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property as JsonSchema;
    const [example] = [schema.examples ?? schema.enum ?? []].flat();
    const isRequired = required.includes(name);
    return {
      name,
      in: where,
      required: isRequired,
      ...(description !== undefined && { description }),
      schema,
      // Pages fill examples in, so optional parameters have none.
      ...(isRequired && example !== undefined && { example }),
    };
  });
}

function requestBody(
  method: Method,
  path: string,
  { consumes, example }: Operation,
): NonNullable<OperationObject['requestBody']> {
  const schema = { $ref: `#/components/schemas/${bodyName(method, path)}` };
  const content = { schema, ...(example !== undefined && { example }) };
  return { required: true, content: Object.fromEntries(consumes.map((type) => [type, content])) };
}

function answers(operation: Operation): Record<string, ResponseObject> {
  const headers = answerHeaders(operation);
  return Object.fromEntries(
    Object.entries(operation.answers).map(([status, answer]) => [
      status,
      {
        description: answer.description,
        ...(Object.keys(headers).length > 0 && { headers }),
        ...contentOf(answer),
      },
    ]),
  );
}

/** The media types of an answer. Types other than JSON are described as text. */
function contentOf({ schema, type, also = [], example }: AnswerDoc): { content?: ContentObject } {
  if (!schema && type === undefined) return {};
  const main = {
    schema: schema ? outputSchema(schema) : { type: 'string' },
    ...(example !== undefined && { example }),
  };
  const others = also.map((other) => [other, { schema: { type: 'string' } }]);
  return {
    content: { [type ?? 'application/json']: main, ...Object.fromEntries(others) },
  };
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

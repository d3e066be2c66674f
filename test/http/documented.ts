import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type {
  MediaTypeObject,
  OpenApiDocument,
  OperationObject,
} from '../../app/http/openapi/objects';
import type { Method } from '../../app/http/operation';
import type { Answer } from './problem-answer';
import type { TestService } from './service';

/** An operation as it is documented, and where. */
export interface Documented {
  readonly method: Method;
  /** As documented: `/inventory/{productID}`. */
  readonly path: string;
  readonly operation: OperationObject;
}

/** The documentation of a running service. */
export async function documentOf({ ask }: Pick<TestService, 'ask'>): Promise<OpenApiDocument> {
  const answer = await ask.get('/openapi.json');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  return answer.body;
}

export function operationsOf({ paths }: OpenApiDocument): Documented[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      method: method as Method,
      path,
      operation,
    })),
  );
}

/** The path with the examples of its parameters, and of those of the query that it requires. */
export function examplePath({ path, operation }: Documented): string {
  const query = operation.parameters.filter((known) => known.in === 'query' && known.required);
  const required = query.map(({ name, example }) => [name, String(example)] as [string, string]);
  const suffix = required.length > 0 ? `?${new URLSearchParams(required)}` : '';
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => {
    const parameter = operation.parameters.find((known) => known.name === name);
    expect(parameter).toMatchObject({ in: 'path', required: true, example: expect.anything() });
    return String(parameter?.example);
  });
  return filled + suffix;
}

/** The media types and examples of an operation's body. */
export function bodiesOf({ operation }: Documented): [type: string, body: MediaTypeObject][] {
  return Object.entries(operation.requestBody?.content ?? {});
}

/** Holds answers and examples to the schemas of a document. */
export class Documentation {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(document: OpenApiDocument) {
    addFormats(this.#ajv);
    this.#ajv.addSchema(document, 'document');
  }

  /** Expects an answer to be one that the operation is documented to give. */
  expectDocumented({ method, path, operation }: Documented, answer: Answer): void {
    const { status, headers, text } = answer;
    const response = operation.responses[status];
    expect({ status, text, documented: response }).toMatchObject({ documented: expect.anything() });
    if (response?.headers?.ETag && status < 400) expect(headers.etag).toMatch(/^(W\/)?"[^"]+"$/);
    if (!response?.content) {
      expect(text).toBe('');
      return;
    }
    const [type = ''] = String(headers['content-type']).split(';');
    const types = Object.keys(response.content);
    const documented = types.includes(type) ? type : '*/*';
    expect(types).toContain(documented);
    const at = ['paths', path, method, 'responses', String(status), 'content', documented];
    this.expectValid(at, /\bjson$/.test(type) ? JSON.parse(text) : text);
  }

  /** Expects a value to be as the schema in the member `schema` of a part of the document says. */
  expectValid(at: readonly string[], value: unknown): void {
    const pointer = [...at, 'schema'].map((key) =>
      encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')),
    );
    const validate = this.#ajv.compile({ $ref: `document#/${pointer.join('/')}` });
    validate(value);
    expect({ value, errors: validate.errors }).toEqual({ value, errors: null });
  }
}

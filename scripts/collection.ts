import { convertV2, type Options } from 'openapi-to-postmanv2';
import type { OpenApiDocument } from '../app/http/openapi/objects';

/** Where a service is that ./run.sh started. */
const BASE_URL = 'http://localhost:5000';

const OPTIONS: Options = {
  folderStrategy: 'Tags',
  parametersResolution: 'Example',
  preferredRequestBodyType: 'form-data',
  enableOptionalParameters: false,
  includeAuthInfoInExample: false,
};

/** How Postman sends the variable `key`. A service with ACCESS=open does not look at it. */
const BEARER = { type: 'bearer', bearer: [{ key: 'token', value: '{{key}}', type: 'string' }] };

/** A thing in a document, or in a collection. */
type Part = Record<string, unknown>;

/** A request of a collection. */
interface Request extends Part {
  readonly method: string;
  readonly url: { readonly path: readonly string[] };
  readonly body?: { readonly formdata?: readonly Part[] };
  header: { readonly key: string }[];
}

/**
 * The Postman collection of a document, the same each time. The answers that the converter makes up are
 * left out, and so are the identifiers that it draws.
 */
export async function postmanCollection(document: OpenApiDocument): Promise<string> {
  const served = structuredClone({ ...document, servers: [{ url: BASE_URL }] });
  forEachPart(served, prepare);
  const collection = await converted(served);
  forEachPart(collection, (part) => {
    delete part.id;
    delete part._postman_id;
    if (part.response) part.response = [];
    if (part.request) {
      fillForm(part.request as Request, document);
      setAuth(part.request as Request);
    }
  });
  Object.assign(collection, { auth: BEARER });
  (collection.variable as Part[]).push({ key: 'key', value: '' });
  return `${JSON.stringify(collection, null, 2)}\n`;
}

function converted(data: Part): Promise<Part> {
  return new Promise((resolve, reject) => {
    convertV2({ type: 'json', data }, OPTIONS, (error, made) => {
      const [collection] = made?.output ?? [];
      if (collection) resolve(collection.data as Part);
      else reject(error ?? new Error(made?.reason));
    });
  });
}

/** Everywhere in JSON, from the outside in. */
function forEachPart(json: unknown, change: (part: Part) => void): void {
  if (Array.isArray(json)) for (const item of json) forEachPart(item, change);
  else if (typeof json === 'object' && json !== null) {
    change(json as Part);
    for (const member of Object.values(json)) forEachPart(member, change);
  }
}

/** Where a parameter has no example the converter makes one up, another one each time. */
function prepare(part: Part): void {
  const schema = part.schema as Part | undefined;
  if (part.in && schema) part.example ??= first(schema.examples) ?? first(schema.enum) ?? '';
  // OpenAPI 3.0's word for a file, the only one that the converter knows.
  if (part.contentMediaType) part.format = 'binary';
}

function first(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}

/** Those that need a key have that of the collection, and the others send none. */
function setAuth(request: Request): void {
  if (request.auth) delete request.auth;
  else request.auth = { type: 'noauth' };
}

/** Fills a form by the documented example. Its other fields are there to be switched on. */
function fillForm(request: Request, { paths }: OpenApiDocument): void {
  const { formdata } = request.body ?? {};
  if (!formdata) return;
  const path = request.url.path.map((segment) => segment.replace(/^:(.*)$/, '{$1}')).join('/');
  const method = request.method.toLowerCase() as 'post';
  const content = paths[`/${path}`]?.[method]?.requestBody?.content['multipart/form-data'];
  const values = new Map(Object.entries(content?.example ?? {}));
  for (const field of formdata) {
    const value = values.get(String(field.key));
    field.disabled = value === undefined;
    if (field.type === 'text') field.value = String(value ?? '');
  }
  // Postman sets it itself, with the boundary.
  request.header = request.header.filter(({ key }) => key !== 'Content-Type');
}

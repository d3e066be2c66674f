import { z } from 'zod';
import { PUBLIC } from '../access/need';
import { openApiDocument } from '../openapi/document';
import { operation, type Resource } from '../operation';

/** Resources, and `/openapi.json`, which describes them and itself. The document is made when it is first asked for. */
export function withOpenApi(resources: readonly Resource[], basePath = ''): Resource[] {
  let document: string | undefined;
  const all: Resource[] = [
    ...resources,
    {
      path: '/openapi.json',
      operations: {
        get: operation({
          need: PUBLIC,
          summary: 'This documentation, as OpenAPI 3.1',
          answers: {
            200: {
              description: 'The document.',
              schema: z.looseObject({ openapi: z.string(), info: z.looseObject({}) }),
            },
          },
          handle: ({ res }) => {
            document ??= documentAt(basePath, all);
            res.set('Cache-Control', 'no-cache').type('json').send(document);
          },
        }),
      },
    },
  ];
  return all;
}

/** The document as JSON, its paths below the base path. */
function documentAt(basePath: string, resources: readonly Resource[]): string {
  const document = openApiDocument(resources);
  if (basePath === '') return JSON.stringify(document);
  const based = { ...document, servers: [{ url: basePath }] };
  // All but the path of the resource itself, which is below that of the server.
  return JSON.stringify(based).replaceAll(/"\/problems\/(?!\{)/g, `"${basePath}/problems/`);
}

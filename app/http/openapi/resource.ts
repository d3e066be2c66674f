import { z } from 'zod';
import { operation, type Resource } from '../operation';
import { openApiDocument } from './document';

/** Resources, and `/openapi.json`, which describes them and itself. The document is made when it is first asked for. */
export function withOpenApi(resources: readonly Resource[]): Resource[] {
  let document: string | undefined;
  const all: Resource[] = [
    ...resources,
    {
      path: '/openapi.json',
      operations: {
        get: operation({
          summary: 'This documentation, as OpenAPI 3.1',
          answers: {
            200: {
              description: 'The document.',
              schema: z.looseObject({ openapi: z.string(), info: z.looseObject({}) }),
            },
          },
          handle: ({ res }) => {
            document ??= JSON.stringify(openApiDocument(all));
            res.set('Cache-Control', 'no-cache').type('json').send(document);
          },
        }),
      },
    },
  ];
  return all;
}

import { z } from 'zod';
import { PROBLEMS, PROBLEMS_PATH, type ProblemType, problemURI } from '../../wire/problem';
import { PUBLIC } from '../access/need';
import type { FieldDoc } from '../fields/field';
import { operation, type Resource } from '../operation';
import { Problem } from '../problems/problem';
import { shortened } from '../problems/shortened';

const TYPES = Object.keys(PROBLEMS) as ProblemType[];

const typePath = z.strictObject({
  type: z.string().meta({ doc: { type: 'string', enum: TYPES } satisfies FieldDoc }),
});

const problemType = z.strictObject({ type: z.string(), status: z.int(), title: z.string() });

/** `/problems`: the types of problems, so that the `type` of a problem can be looked up (RFC 9457, section 3.1.1). */
export function problemTypes(): Resource[] {
  return [
    {
      path: PROBLEMS_PATH,
      operations: {
        get: operation({
          need: PUBLIC,
          summary: 'All types of problems',
          answers: { 200: { description: 'The types.', schema: z.array(problemType) } },
          handle: ({ res }) => {
            res.json(TYPES.map(described));
          },
        }),
      },
    },
    {
      path: `${PROBLEMS_PATH}/{type}`,
      operations: {
        get: operation({
          need: PUBLIC,
          summary: 'A type of problem',
          params: typePath,
          answers: { 200: { description: 'The type.', schema: problemType } },
          problems: ['unknown-path'],
          handle: ({ params, req, res }) => {
            const type = TYPES.find((known) => known === params.type);
            if (!type)
              throw new Problem('unknown-path', `There is nothing at ${shortened(req.path)}.`);
            res.json(described(type));
          },
        }),
      },
    },
  ];
}

function described(type: ProblemType) {
  return { type: problemURI(type), ...PROBLEMS[type] };
}

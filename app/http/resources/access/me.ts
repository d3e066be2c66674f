import { z } from 'zod';
import { SCOPE_NAMES } from '../../../ledger/access/scope';
import { type MeAnswer, meAnswer } from '../../../wire/access';
import { callerOf } from '../../access/caller';
import { operation, type Resource } from '../../operation';

/** `/me`: who asks. */
export function me(): Resource[] {
  return [
    {
      path: '/me',
      operations: {
        get: operation({
          need: {},
          summary: 'Who asks, and what they may do',
          query: z.strictObject({}),
          answers: { 200: { description: 'The caller.', schema: meAnswer } },
          handle: ({ res }) => {
            const { actor, role, rights, subjectID, personID } = callerOf(res);
            const scopes = SCOPE_NAMES.filter((scope) => rights.scopes.has(scope));
            const ofPerson =
              role === null || subjectID === undefined || personID === undefined
                ? {}
                : { role, personID, sessionID: subjectID };
            const { locations } = rights;
            const bound = locations === null ? {} : { locations: [...locations] };
            const answer: MeAnswer = { actor, ...ofPerson, scopes, ...bound };
            res.set('Cache-Control', 'no-store').json(answer);
          },
        }),
      },
    },
  ];
}

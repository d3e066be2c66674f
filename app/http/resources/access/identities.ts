import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { operation, type Resource } from '../../operation';
import { Problem } from '../../problems/problem';
import { subjectNumber } from './caller-fields';
import { changeAccess } from './change-access';
import { requireOwnOr } from './require-person';

const identityPath = z.strictObject({ identityID: subjectNumber });

/** `/identities`: the accounts at the OpenID provider with which people sign in. They are listed with their people. */
export function identities(ledger: Ledger): Resource[] {
  return [
    {
      path: '/identities/{identityID}',
      operations: {
        delete: operation({
          need: {},
          summary: 'Let nobody sign in with an account at the OpenID provider any more',
          description:
            'One’s own account needs no scope, others need access:write. Sessions that it has begun go on.',
          params: identityPath,
          answers: { 204: { description: 'Removed.' } },
          problems: ['unknown-identity', ...WRITE_PROBLEMS],
          handle: async ({ params: { identityID: subjectID }, res }) => {
            const identity = (await ledger.access()).get(subjectID);
            if (identity?.kind !== 'identity' || identity.state === 'ended') {
              throw new Problem('unknown-identity', `There is no identity ${subjectID}.`);
            }
            requireOwnOr('access:write', res, identity.personID);
            await changeAccess(ledger, res, { kind: 'end', subjectID });
            res.status(204).end();
          },
        }),
      },
    },
  ];
}

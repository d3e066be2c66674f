import type { RequestHandler } from 'express';
import { z } from 'zod';
import { type AccessEntry, isValid } from '../../../ledger/access/access-entry';
import type { Ledger } from '../../../ledger/ledger';
import { type BegunAnswer, begunAnswer } from '../../../wire/sign-in';
import { hashOf } from '../../access/api-key';
import { callerOf } from '../../access/caller';
import type { Guesses } from '../../access/guesses';
import type { Holders } from '../../access/holders';
import { PUBLIC } from '../../access/need';
import { PROVIDER_PATH } from '../../access/provider/flow-cookies';
import type { ProviderDoor, Purpose } from '../../access/provider/provider-door';
import { ProviderFailure } from '../../access/provider/provider-failure';
import type { SessionCookie } from '../../access/session-cookie';
import { FORMS } from '../../body/read-body';
import { validated } from '../../fields/validated';
import { operation, type Resource } from '../../operation';
import { Problem } from '../../problems/problem';
import { RETRY_SOON } from '../../problems/retry-after';
import { badInvitation } from './change-access';
import { arrive } from './provider-arrival';
import { deviceName, invitationSecret } from './session-fields';

const begin = z.strictObject({
  invitation: invitationSecret.optional(),
  device: deviceName.optional(),
});

const begun = { 200: { description: 'Where to send the browser.', schema: begunAnswer } };

/**
 * `/sign-in/provider`: signing in with the provider, if the settings name one.
 *
 * @param tries counts those who come back from the provider, but for those who are signed in then
 */
export function providerSignIn(
  ledger: Ledger,
  readFields: RequestHandler[],
  cookie: SessionCookie,
  door: ProviderDoor | undefined,
  holders: Holders,
  tries: Guesses,
  basePath = '',
): Resource[] {
  return [
    {
      path: PROVIDER_PATH,
      operations: {
        post: operation({
          need: PUBLIC,
          summary: 'Begin to sign in with the OpenID provider',
          description:
            'For those who have added their account there. With an invitation, which is used up once the browser is back, the account is added to its person.',
          before: readFields,
          consumes: FORMS,
          body: begin,
          example: { device: 'The till' },
          read: (body) => validated(begin, body),
          answers: begun,
          problems: [
            'bad-invitation',
            'rate-limited',
            'no-provider',
            'provider-unavailable',
            'store-unavailable',
          ],
          handle: async ({ body: { invitation, device = 'A browser' }, req, res }) => {
            if (door && invitation !== undefined) {
              requireInvitation((await holders.find(req, hashOf(invitation))).holder);
            }
            const invitationHash = invitation === undefined ? undefined : hashOf(invitation);
            await leave(door, { device, invitationHash }, req, res);
          },
        }),
      },
    },
    {
      path: `${PROVIDER_PATH}/account`,
      operations: {
        post: operation({
          need: {},
          summary: 'Begin to add an account at the OpenID provider to oneself',
          description:
            'From then on its holder can sign in with it. Only for people who are signed in.',
          answers: begun,
          problems: ['no-provider', 'not-a-person', 'provider-unavailable'],
          handle: async ({ req, res }) => {
            const { subjectID, role } = callerOf(res);
            if (door && (role === null || subjectID === undefined)) {
              throw new Problem('not-a-person', 'Only people who are signed in can do this.');
            }
            await leave(door, { device: '', sessionID: subjectID }, req, res);
          },
        }),
      },
    },
    {
      path: `${PROVIDER_PATH}/callback`,
      operations: {
        get: operation({
          need: PUBLIC,
          summary: 'Where the OpenID provider sends the browser back to',
          description:
            'Checks what it brings, begins a session or adds the account, and sends the browser to the page. The page says so if nobody was signed in.',
          answers: { 303: { description: 'The page.' } },
          handle: async ({ req, res }) => {
            const place = await arrive({ ledger, cookie, door, tries }, req, res);
            res.set('Cache-Control', 'no-store').redirect(303, `${basePath}/#${place}`);
          },
        }),
      },
    },
  ];
}

/** Says where to send the browser. @throws Problem */
async function leave(
  door: ProviderDoor | undefined,
  purpose: Purpose,
  req: Parameters<ProviderDoor['leave']>[0],
  res: Parameters<ProviderDoor['leave']>[1],
): Promise<void> {
  if (!door) throw new Problem('no-provider', 'No OpenID provider is set up: OIDC_ISSUER.');
  try {
    const url = await door.leave(req, res, purpose);
    const answer: BegunAnswer = { url: url.href };
    res.set('Cache-Control', 'no-store').json(answer);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    throw new Problem(
      'provider-unavailable',
      `${door.host} does not answer, so nobody can sign in with it now. Try again in a moment, or use an invitation.`,
      {},
      RETRY_SOON,
    );
  }
}

/** The invitation is used up when the browser is back. One that is used already is refused before it leaves. @throws Problem */
function requireInvitation(holder: AccessEntry | undefined): void {
  if (holder?.kind !== 'invitation' || !isValid(holder, new Date())) throw badInvitation();
}

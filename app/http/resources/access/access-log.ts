import { z } from 'zod';
import type { Access } from '../../../ledger/access/access';
import type { AccessEntry } from '../../../ledger/access/access-entry';
import type { Ledger } from '../../../ledger/ledger';
import { type AccessEventAnswer, accessEvent } from '../../../wire/access';
import { PAGE, PAGE_MAX } from '../../../wire/pages';
import type { BeforeJson } from '../../answers/before-json';
import { linkNextPage } from '../../answers/paging';
import { wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';

/** `/access`: who was let in, who was refused, and what was changed, and when. */
export function accessLog(ledger: Ledger): Resource[] {
  return [
    {
      path: '/access',
      operations: {
        get: operation({
          need: { all: ['access:read'] },
          summary: 'Who was let in, who was refused, and what was changed',
          description:
            'In order. That a key or a session is used is noted once a day, and the same refusal once an hour. Refused requests with a secret that nobody has are only in the log of the service.',
          query: z.strictObject({
            after: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
            limit: wholeNumber(1, PAGE_MAX).optional(),
          }),
          answers: { 200: { description: 'Events.', schema: z.array(accessEvent) } },
          handle: async ({ query: { after = 0, limit = PAGE }, req, res }) => {
            const access = await ledger.access();
            const page = await ledger.accessEntries.from(after + 1, limit);
            if (page.length === limit) {
              linkNextPage(req, res, { after: String(page.at(-1)?.entry), limit: String(limit) });
            }
            res
              .set('Cache-Control', 'no-store')
              .json(page.map((entry) => eventJson(access, entry)));
          },
        }),
      },
    },
  ];
}

function eventJson(access: Access, entry: AccessEntry): BeforeJson<AccessEventAnswer> {
  const { event, kind, subjectID, personID, name, refusedFor, recordedAt, actor } = entry;
  const person = personID === null ? undefined : access.get(personID)?.name;
  return {
    entry: entry.entry,
    event,
    kind,
    subjectID,
    // An invitation is named by the hash of its secret.
    ...(kind !== 'invitation' && { name }),
    ...(person !== undefined && { person }),
    ...(event === 'refused' && refusedFor !== null && { refusedFor }),
    recordedAt,
    ...(actor !== null && { actor }),
  };
}

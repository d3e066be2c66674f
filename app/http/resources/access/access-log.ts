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
            'In order; with before, the entries before that one, newest first. A number beyond the last begins at the newest. That a key or a session is used is noted once a day, and the same refusal once an hour. Refused requests with a secret that nobody has are only in the log of the service.',
          query: z.strictObject({
            after: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
            before: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
            limit: wholeNumber(1, PAGE_MAX).optional(),
          }),
          answers: { 200: { description: 'Events.', schema: z.array(accessEvent) } },
          handle: async ({ query: { after = 0, before, limit = PAGE }, req, res }) => {
            const access = await ledger.access();
            const isNewestFirst = before !== undefined;
            const page = isNewestFirst
              ? await newestFirst(ledger, { after, before, limit }, access.last?.entry ?? 0)
              : await ledger.accessEntries.from(after + 1, limit);
            const last = page.at(-1)?.entry;
            const isMore = isNewestFirst ? (last ?? 0) > after + 1 : page.length === limit;
            if (isMore) {
              const next = isNewestFirst ? { before: String(last) } : { after: String(last) };
              linkNextPage(req, res, { ...next, limit: String(limit) });
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

/** The entries between two, newest first. @param last the number of the last entry */
async function newestFirst(
  ledger: Ledger,
  { after, before, limit }: { after: number; before: number; limit: number },
  last: number,
): Promise<readonly AccessEntry[]> {
  const end = Math.min(before, last + 1);
  const begin = Math.max(after + 1, end - limit);
  if (begin >= end) return [];
  const page = await ledger.accessEntries.from(begin, end - begin);
  return page.toReversed();
}

function eventJson(access: Access, entry: AccessEntry): BeforeJson<AccessEventAnswer> {
  const { event, kind, subjectID, personID, name, role, refusedFor, recordedAt, actor } = entry;
  const person = personID === null ? undefined : access.get(personID)?.name;
  return {
    entry: entry.entry,
    event,
    kind,
    subjectID,
    // An invitation is named by the hash of its secret.
    ...(kind !== 'invitation' && { name }),
    ...(person !== undefined && { person }),
    ...(role !== null && { role }),
    ...(event === 'refused' && refusedFor !== null && { refusedFor }),
    recordedAt,
    ...(actor !== null && { actor }),
  };
}

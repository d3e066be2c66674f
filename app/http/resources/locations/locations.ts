import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import type { LocationEntry } from '../../../ledger/locations/location';
import type { LocationCommand, LocationRefusal } from '../../../ledger/locations/location-command';
import { locationAnswer } from '../../../wire/locations';
import { actorOf } from '../../access/caller';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { freeText } from '../../fields/free-text';
import { validated } from '../../fields/validated';
import { locationID } from '../../fields/whole-number';
import { yesOrNo } from '../../fields/yes-or-no';
import { operation, type Resource } from '../../operation';
import { Problem } from '../../problems/problem';
import { locationJson } from './location-json';

/** Characters of the columns. */
const NAME_MAX = 200;
const ADDRESS_MAX = 500;

const locationPath = z.strictObject({ locationID });

const fields = z.strictObject({
  name: freeText(NAME_MAX),
  sellable: yesOrNo.optional(),
  address: freeText(ADDRESS_MAX, { lines: true }).optional(),
});

/** `/locations`: the places where stock is. Location 1 is always there. */
export function locations(ledger: Ledger, readFields: RequestHandler[]): Resource[] {
  return [
    {
      path: '/locations',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'The places where stock is',
          description: 'By locationID. Location 1 is always there.',
          query: z.strictObject({}),
          answers: { 200: { description: 'Locations.', schema: z.array(locationAnswer) } },
          handle: async ({ res }) => {
            const all = (await ledger.locations()).all();
            res.set('Cache-Control', 'no-cache').json(all.map(locationJson));
          },
        }),
      },
    },
    {
      path: '/locations/{locationID}',
      operations: {
        put: operation({
          need: { all: ['catalogue:write'] },
          summary: 'Make a location, or change its name and address',
          description:
            'What is at a location with sellable=false is not available. That is said when the location is made, and cannot be changed. A retired location is brought back.',
          params: locationPath,
          before: readFields,
          consumes: FORMS,
          body: fields,
          example: { name: 'Van', sellable: 'true', address: '1 Harbour Street' },
          read: (body) => validated(fields, body),
          answers: { 200: { description: 'The location.', schema: locationAnswer } },
          problems: ['sellable-is-fixed', 'location-limit', ...WRITE_PROBLEMS],
          handle: async ({ params, body: { name, sellable, address = null }, res }) => {
            const entry = await change(ledger, res, {
              kind: 'put',
              ...params,
              name,
              sellable,
              address,
            });
            res.json(locationJson(entry));
          },
        }),
        delete: operation({
          need: { all: ['catalogue:write'] },
          summary: 'Retire a location at which nothing is any more',
          params: locationPath,
          answers: { 204: { description: 'Retired.' } },
          problems: ['unknown-location', 'location-in-use', 'first-location', ...WRITE_PROBLEMS],
          handle: async ({ params, res }) => {
            await change(ledger, res, { kind: 'retire', ...params });
            res.status(204).end();
          },
        }),
      },
    },
  ];
}

/** @throws Problem, WriteFailure */
async function change(
  ledger: Ledger,
  res: Response,
  command: LocationCommand,
): Promise<LocationEntry> {
  const actor = actorOf(res.req);
  const { outcome } = await ledger.submit({ kind: 'location', command, actor });
  if ('refusal' in outcome) throw refused(outcome);
  return outcome;
}

function refused(refusal: LocationRefusal): Problem {
  switch (refusal.refusal) {
    case 'unknown-location':
      return new Problem(
        'unknown-location',
        `There is no location ${refusal.locationID}, or it is retired: GET /locations lists them.`,
      );
    case 'sellable-is-fixed':
      return new Problem(
        'sellable-is-fixed',
        `Location ${refusal.locationID} was made with sellable=${refusal.sellable}, which cannot change; nothing was changed. Make another location, and move the goods there.`,
      );
    case 'location-in-use':
      return new Problem(
        'location-in-use',
        refusal.products > 0
          ? `There are units of ${refusal.products === 1 ? 'a product' : `${refusal.products} products`} at location ${refusal.locationID}; nothing was changed. Move them elsewhere first, by POST /inventory/moves.`
          : `Transfers are on their way from or to location ${refusal.locationID}; nothing was changed. Receive or close them first: GET /transfers lists them.`,
      );
    case 'first-location':
      return new Problem('first-location', 'Location 1 is always there. Nothing was changed.');
    case 'location-limit':
      return new Problem(
        'location-limit',
        `There are ${refusal.limit} locations, the most that there may be; nothing was changed. Use one that is retired again.`,
      );
  }
}

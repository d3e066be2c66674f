import { isLetIn, type Need } from '../../../app/http/access/need';
import { resources } from '../../../app/http/app';
import { Metrics } from '../../../app/http/metrics/metrics';
import { METHODS } from '../../../app/http/operation';
import { SCOPE_NAMES, type Scope } from '../../../app/ledger/access/scope';
import type { Ledger } from '../../../app/ledger/ledger';
import { type LedgerPlace, sqlitePlace } from '../../stores';
import { expectProblem } from '../problem-answer';
import { bearer, makeKey, startBoth } from './keys-service';

const SETTINGS = {
  allowedHosts: new Set<string>(),
  bodyLimitBytes: 1,
  batchLimitBytes: 1,
  importLimitBytes: 1,
  pageFolder: '',
};

/** Every operation that is served: a new one is tried without being named here. */
const OPERATIONS = resources(
  {} as Ledger,
  SETTINGS,
  new AbortController().signal,
  new Metrics(),
).flatMap(({ path, operations }) =>
  METHODS.flatMap((method) => {
    const need = operations[method]?.need;
    return need ? [{ name: `${method.toUpperCase()} ${path}`, method, path, need }] : [];
  }),
);

const NOT_LET_IN = ['/problems/sign-in-required', '/problems/missing-scope'];

let place: LedgerPlace;
let both: Awaited<ReturnType<typeof startBoth>>;
const keys = new Map<Scope | 'none', string>();
beforeAll(async () => {
  place = await sqlitePlace();
  both = await startBoth(place);
  for (const scope of SCOPE_NAMES) {
    const name = scope.replace(':', '-');
    keys.set(scope, (await makeKey(both.open, name, [scope])).key);
  }
});
afterAll(async () => {
  await both.close();
  await place.remove();
});

describe.each(OPERATIONS)('$name', ({ method, path, need }) => {
  const url = path.replaceAll(/\{\w+\}/g, '999999');
  // A stream of records would not end.
  const call = (service: 'open' | 'service') => both[service].ask[method](url).timeout(20_000);

  test('lets in exactly those who have its scopes', async () => {
    for (const [scope, key] of keys) {
      const answer = await call('service').set(bearer(key));
      const isIn = isLetIn(need as Need, new Set([scope as Scope]));
      // Some things are for people only, whatever the scopes of a key.
      if (isIn) expect(NOT_LET_IN).not.toContain(answer.body.type);
      else expectProblem(answer, 'missing-scope', { scopes: expect.any(Array) });
    }
  });

  test('asks those who do not say who they are, unless everybody is let in', async () => {
    const answer = await call('service');
    if (need.isPublic) return expect(answer.status).not.toBe(401);
    expectProblem(answer, 'sign-in-required');
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
  });

  test('asks nobody with ACCESS=open', async () => {
    const { status, body } = await call('open');
    expect(status).not.toBe(401);
    expect(body.type).not.toBe('/problems/missing-scope');
  });
});

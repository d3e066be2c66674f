import type { Scope } from '../../../app/ledger/access/scope';
import type { LedgerPlace } from '../../stores';
import { startService, type TestService } from '../service';

/** Makes a key by a service that asks nobody who they are, as an owner who turns ACCESS=keys on later. */
export async function makeKey(
  open: TestService,
  name: string,
  scopes: readonly Scope[],
  more: object = {},
): Promise<{ readonly keyID: number; readonly key: string }> {
  const { body } = await open.ask
    .post('/keys')
    .send({ name, scopes: scopes.join(' '), ...more })
    .expect(201);
  return body;
}

/** A service with ACCESS=keys beside one with ACCESS=open, on one ledger. */
export async function startBoth(
  place: LedgerPlace,
  settings: Readonly<Record<string, string>> = {},
) {
  const open = await startService(place.environment);
  const service = await startService(place.environment, { ACCESS: 'keys', ...settings });
  return {
    open,
    service,
    close: async () => {
      await service.close();
      await open.close();
    },
  };
}

/** The header by which a program says who it is. */
export function bearer(key: string): { readonly Authorization: string } {
  return { Authorization: `Bearer ${key}` };
}

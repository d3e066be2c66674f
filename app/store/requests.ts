import type { StoredRequest } from '../ledger/request';
import { type Asking, all } from './asking';
import type { Dialect } from './dialect';

/** The requests with these keys. */
export function* requestsUnder(
  { codecs, tables: { requests }, among }: Dialect,
  keys: readonly string[],
): Asking<StoredRequest[]> {
  const condition = among('requestKey', keys.map(codecs.key.write));
  const rows = yield* all(
    `SELECT ${requests.selected}
     FROM requests
     WHERE ${condition.sql}`,
    condition.values,
  );
  return rows.map(requests.read);
}

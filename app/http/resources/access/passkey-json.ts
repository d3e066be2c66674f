import type { AccessEntry } from '../../../ledger/access/access-entry';
import type { PasskeyAnswer } from '../../../wire/passkeys';
import type { BeforeJson } from '../../answers/before-json';

/** A passkey as it is listed. */
export function passkeyJson({
  subjectID,
  name,
  madeAt,
  usedAt,
}: AccessEntry): BeforeJson<PasskeyAnswer> {
  return { passkeyID: subjectID, name, madeAt, ...(usedAt !== null && { usedAt }) };
}

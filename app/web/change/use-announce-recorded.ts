import { useCallback } from 'react';
import { markIn } from '../../client/entity-tag';
import type { AcceptedRecord } from '../../wire/records';
import type { ChangeRequest } from '../outbox/change-request';
import type { Done } from '../outbox/outbox-state';
import { usePage } from '../page';
import { useMay } from '../session/use-may';
import { useAnnounce } from '../ui/announce';
import { availableNow } from './available-now';
import { undoScope } from './offered';
import { useUndo } from './use-undo';

/** Says that a change is recorded, and offers to undo it. */
export function useAnnounceRecorded() {
  const announce = useAnnounce();
  const undo = useUndo();
  const may = useMay();
  const { live } = usePage();
  return useCallback(
    ({ label, fields }: ChangeRequest, productID: number, { body, etag }: Done<AcceptedRecord>) => {
      const { record } = body;
      const location = fields.locationID === undefined ? undefined : Number(fields.locationID);
      const action = {
        text: 'Undo',
        run: () => undo({ record, mark: markIn(etag, record), productID, label }),
      };
      const offered = may(undoScope(body)) ? action : undefined;
      announce(`${label}: ${availableNow(live, body, location)}`, 'good', offered);
    },
    [announce, undo, may, live],
  );
}

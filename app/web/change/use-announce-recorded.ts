import { useCallback } from 'react';
import { markIn } from '../../client/entity-tag';
import type { AcceptedRecord } from '../../wire/records';
import type { ChangeRequest } from '../outbox/change-request';
import type { Done } from '../outbox/outbox-state';
import { useAnnounce } from '../ui/announce';
import { units } from '../ui/format';
import { useUndo } from './use-undo';

/** Says that a change is recorded, and offers to undo it. */
export function useAnnounceRecorded() {
  const announce = useAnnounce();
  const undo = useUndo();
  return useCallback(
    ({ label }: ChangeRequest, productID: number, { body, etag }: Done<AcceptedRecord>) => {
      const { availableQuantity, record } = body;
      announce(`${label}: ${units(availableQuantity)} available now`, 'good', {
        text: 'Undo',
        run: () => undo({ record, mark: markIn(etag, record), productID, label }),
      });
    },
    [announce, undo],
  );
}

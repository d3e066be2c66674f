import { useCallback } from 'react';
import { markIn } from '../../client/entity-tag';
import type { AcceptedRecord } from '../../wire/records';
import type { ChangeRequest } from '../outbox/change-request';
import type { Done } from '../outbox/outbox-state';
import { useMay } from '../session/use-may';
import { useAnnounce } from '../ui/announce';
import { units } from '../ui/format';
import { undoScope } from './offered';
import { useUndo } from './use-undo';

/** Says that a change is recorded, and offers to undo it. */
export function useAnnounceRecorded() {
  const announce = useAnnounce();
  const undo = useUndo();
  const may = useMay();
  return useCallback(
    ({ label }: ChangeRequest, productID: number, { body, etag }: Done<AcceptedRecord>) => {
      const { availableQuantity, record } = body;
      const action = {
        text: 'Undo',
        run: () => undo({ record, mark: markIn(etag, record), productID, label }),
      };
      const offered = may(undoScope(body)) ? action : undefined;
      announce(`${label}: ${units(availableQuantity)} available now`, 'good', offered);
    },
    [announce, undo, may],
  );
}

import { useCallback } from 'react';
import { markIn } from '../../client/entity-tag';
import type { ChangeRequest } from '../outbox/change-request';
import type { Settled } from '../outbox/outbox-state';
import { useAnnounce } from '../ui/announce';
import { units } from '../ui/format';
import { useUndo } from './use-undo';

/** Says that a change is recorded, and offers to undo it. */
export function useAnnounceRecorded() {
  const announce = useAnnounce();
  const undo = useUndo();
  return useCallback(
    (
      { label }: ChangeRequest,
      productID: number,
      { body, etag }: Extract<Settled, { outcome: 'done' }>,
    ) => {
      const { availableQuantity, record } = body as { availableQuantity: number; record: number };
      announce(`${label}: ${units(availableQuantity)} available now`, 'good', {
        text: 'Undo',
        run: () => undo({ record, mark: markIn(etag, record), productID, label }),
      });
    },
    [announce, undo],
  );
}

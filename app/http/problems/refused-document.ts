import type { DocumentRefusal } from '../../ledger/documents/document-command';
import { MONEY_SCALE } from '../../ledger/money';
import { invalidRequest, Problem } from './problem';
import { refused } from './refused';

/** The problem of a refused change of a hold or a transfer. */
export function refusedDocument(refusal: DocumentRefusal): Problem {
  switch (refusal.refusal) {
    case 'unknown-hold':
      return new Problem('unknown-hold', `There was never a hold ${refusal.holdID}.`, {
        holdID: refusal.holdID,
      });
    case 'hold-ended':
      return problem(
        refusal,
        `Hold ${refusal.holdID} ${ENDED[refusal.ended]} at ${refusal.endedAt}, with record ${refusal.record}; nothing was recorded. ${refusal.ended === 'sold' ? 'Choose another name for another hold.' : 'Choose another name for another hold, or sell what is available with orSell=true.'}`,
      );
    case 'exceeds-hold':
      return problem(
        refusal,
        `Hold ${refusal.holdID} has ${refusal.heldQuantity} of product ${refusal.productID} at location ${refusal.locationID}; nothing was recorded. Change the hold first, by PUT /holds/${refusal.holdID}.`,
      );
    case 'sale-too-large':
      return invalidRequest([
        {
          field: 'unitPrice',
          detail: `times quantity must be at most ${refusal.limit / MONEY_SCALE}`,
        },
      ]);
    case 'unknown-transfer':
      return problem(refusal, `There is no transfer ${refusal.transferID}.`);
    case 'transfer-closed':
      return problem(
        refusal,
        `Transfer ${refusal.transferID} was closed at ${refusal.endedAt}, with record ${refusal.record}; nothing was recorded. Record what has arrived since as a receipt, by POST /inventory.`,
      );
    case 'exceeds-outstanding':
      return problem(
        refusal,
        `Of product ${refusal.productID} ${refusal.outstanding} are on their way with transfer ${refusal.transferID}; nothing was recorded. Record what arrived beyond that as a receipt, by POST /inventory.`,
      );
    case 'document-limit':
      return problem(
        refusal,
        `${refusal.limit} holds and transfers are open, the most that there may be; nothing was recorded. Release holds that nobody needs.`,
      );
    case 'other-location':
      return new Problem(
        'missing-scope',
        `You may not change what is at location ${refusal.locationID}. Nothing was changed. Name another location, or ask an owner.`,
      );
    case 'lines-refused': {
      const [first] = refusal.refused;
      if (refusal.lines === 1 && first) return refused(first.why);
      const errors = refusal.refused.map(({ index, why }) => ({ index, ...refused(why).body() }));
      const detail = `${errors.length} of ${refusal.lines} lines were refused, so none was recorded.`;
      return new Problem('batch-refused', detail, { errors });
    }
  }
}

const ENDED = {
  sold: 'was sold',
  released: 'was released',
  expired: 'expired',
} as const;

type Named = Exclude<
  DocumentRefusal,
  { refusal: 'lines-refused' | 'other-location' | 'sale-too-large' }
>;

/** The refusal as a problem of the same name, with its data as members. */
function problem({ refusal, ...members }: Named, detail: string): Problem {
  return new Problem(refusal, detail, members);
}

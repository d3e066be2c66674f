import { MARKS } from '../ui/typed-number';
import { readPrice } from '../ui/typed-price';
import type { ChangeKind } from './change-kinds';
import type { Input } from './field-faults';
import { type ChosenSale, isChoiceOpen, OF_SEVERAL, type ReturnableSale } from './returnable-sales';
import { type Judgement, looksLikeCode } from './typed-quantity';

/** The change form when it is submitted. */
interface SubmittedForm {
  readonly kind: ChangeKind;
  /** Why it cannot be recorded at the chosen location. */
  readonly locationFault: string | undefined;
  readonly judgement: Judgement;
  readonly unitPrice: string;
  /** Whether the keys of the price came as fast as a scanner sends them. */
  readonly isPriceScanned: boolean;
  readonly sale: ChosenSale;
  /** Units to return, and the sales that they may be of. */
  readonly typedUnits: number;
  readonly sales: readonly ReturnableSale[];
}

/** What has to be corrected before a change is sent, by input. A doubtful quantity does not count. */
export function formFaults(entry: SubmittedForm): ReadonlyMap<Input, string> {
  const { kind, judgement, unitPrice, isPriceScanned, sale, typedUnits, sales } = entry;
  const faults = new Map<Input, string>();
  if (entry.locationFault) faults.set('location', entry.locationFault);
  if (judgement.verdict === 'wrong') faults.set('quantity', judgement.detail);
  if (judgement.verdict === 'code') {
    faults.set('quantity', `${judgement.detail} Nothing was recorded. Type how many units.`);
  }
  const price = kind === 'sale' ? readPrice(unitPrice, MARKS) : undefined;
  if (price && looksLikeCode(unitPrice, isPriceScanned)) {
    faults.set(
      'unitPrice',
      'This looks like a barcode. If it is the price, type its decimals, too.',
    );
  } else if (price?.fault !== undefined) faults.set('unitPrice', price.fault);
  const isReturn = kind === 'return' && judgement.verdict !== 'code';
  if (isReturn && isChoiceOpen(sales, typedUnits, sale)) faults.set('sale', OF_SEVERAL);
  return faults;
}

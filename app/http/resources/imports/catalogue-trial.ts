import { decideProduct } from '../../../ledger/decide-product';
import type { Slices } from '../../../ledger/slice';
import { beyondLimit, type LineIssues } from './plan';
import type { ProductCommand, ProductsRules } from './plan-products';

/** The copy is thrown away, so nobody sees this time. */
const UNREVISED = new Date(0);

/** Finds out what the catalogue would refuse, such as codes that are taken, by deciding each command on a copy of it. */
export async function tryOnCatalogue(
  commands: readonly ProductCommand[],
  { catalogue, largestProductID, productLimit }: ProductsRules,
  slices: Slices,
  issues: LineIssues,
): Promise<void> {
  const layer = catalogue.layer();
  for (const command of commands) {
    if (slices.isOver) await slices.next();
    if (issues.isFull) return;
    const largest = Math.max(layer.largestProductID, largestProductID);
    // Products that moved are listed elsewhere in the answer.
    const unguarded = command.kind === 'put' ? { ...command, asOf: undefined } : command;
    const decision = decideProduct(layer, largest, unguarded);
    const line = command.line as number;
    if (!('refusal' in decision)) {
      if (layer.size >= productLimit && !layer.get(decision.productID)) {
        issues.fault(line, null, beyondLimit(productLimit));
        continue;
      }
      const revision = (layer.last?.revision ?? 0) + 1;
      layer.fold([{ ...decision, revision, revisedAt: UNREVISED, actor: null, turnMark: null }]);
    } else if (decision.refusal === 'code-taken') {
      const { field, code, holder, holderField = field } = decision;
      issues.fault(line, field, `is the ${holderField} of product ${holder}`, code);
    } else issues.fault(line, null, 'needs a productID: the largest is taken');
  }
}

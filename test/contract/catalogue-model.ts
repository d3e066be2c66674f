import type { CatalogueCommand, SetReorderPointCommand } from '../../app/ledger/command';
import type { ProductFields, ReorderPoint } from '../../app/ledger/product';

/** One revision, without its mark. */
export interface ModelRevision extends ProductFields {
  readonly revision: number;
  readonly productID: number;
  readonly reorderPoints: readonly ReorderPoint[] | null;
  readonly retired: boolean;
}

const NOTHING = {
  sku: null,
  barcode: null,
  image: null,
  price: null,
  reorderPoint: null,
  reorderQuantity: null,
  reorderPoints: null,
};

/** An independent model of the catalogue: a list of revisions, searched from its end. */
export class CatalogueModel {
  readonly revisions: ModelRevision[] = [];

  /** The latest revision of each product, by productID. */
  inOrder(): ModelRevision[] {
    return this.#productIDs()
      .sort((a, b) => a - b)
      .map((productID) => this.#latest(productID) as ModelRevision);
  }

  /** The outcome that a command must have. If it is no refusal, the product is listed. */
  decide(command: CatalogueCommand, largestCounted: number): object {
    const productID = command.productID ?? Math.max(largestCounted, 0, ...this.#productIDs()) + 1;
    const known = this.#latest(productID);
    const isListed = known !== undefined && !known.retired;
    if (command.kind === 'create') {
      if (isListed) return { refusal: 'product-exists', productID };
      return this.#list({ ...NOTHING, ...command.fields, productID, retired: false });
    }
    if (command.kind === 'put') {
      return this.#list({ ...NOTHING, ...known, ...command.fields, productID, retired: false });
    }
    if (known === undefined || (command.kind !== 'revise' && known.retired)) {
      return { refusal: 'unlisted-product', productID };
    }
    if (command.kind === 'reorder') return this.#reorder(known, command);
    if (command.kind === 'retire') return this.#append({ ...known, retired: true });
    const { expectedRevisions } = command;
    if (Array.isArray(expectedRevisions) && !expectedRevisions.includes(known.revision)) {
      return { refusal: 'stale-revision', productID, revision: known.revision };
    }
    return this.#list({ ...known, ...command.fields, retired: false });
  }

  /** The first location is the only one that the model knows. */
  #reorder(known: ModelRevision, command: SetReorderPointCommand): object {
    const { productID, locationID, reorderPoint, reorderQuantity } = command;
    if (locationID !== 1) return { refusal: 'unknown-location', productID, locationID };
    const isNone = reorderPoint === null && reorderQuantity === null;
    const reorderPoints = isNone ? null : [{ locationID, reorderPoint, reorderQuantity }];
    return this.#append({ ...known, reorderPoints });
  }

  #list(revision: Omit<ModelRevision, 'revision'>): object {
    for (const field of ['sku', 'barcode'] as const) {
      const code = revision[field];
      if (code === null) continue;
      for (const holderField of [field, field === 'sku' ? 'barcode' : 'sku'] as const) {
        const holder = this.inOrder().find(
          (other) =>
            other.productID !== revision.productID &&
            !other.retired &&
            other[holderField]?.toUpperCase() === code.toUpperCase(),
        );
        if (!holder) continue;
        const holderCode = holder[holderField];
        return {
          refusal: 'code-taken',
          productID: revision.productID,
          field,
          code,
          ...(holderField !== field && { holderField }),
          ...(holderCode !== code && { holderCode }),
          holder: holder.productID,
        };
      }
    }
    return this.#append(revision);
  }

  #append(revision: Omit<ModelRevision, 'revision'>): object {
    const appended = { ...revision, revision: this.revisions.length + 1 };
    this.revisions.push(appended);
    return appended;
  }

  #latest(productID: number): ModelRevision | undefined {
    return this.revisions.findLast((revision) => revision.productID === productID);
  }

  #productIDs(): number[] {
    return [...new Set(this.revisions.map(({ productID }) => productID))];
  }
}

import type { Catalogue } from '../catalogue';
import type { CatalogueCommand } from '../command';
import { decideProduct } from '../decide-product';
import type { Locations } from '../locations/locations';
import type { ProductRevision } from '../product';
import { REFUSALS_MAX } from '../refusal';
import { inSteps, type Steps } from '../slice';
import { type CatalogueOutcome, isRefusal } from '../submission';
import { refuseGrowth } from './growth';
import type { StampAndLimits, TurnFacts } from './turn-facts';

/** The changes of the catalogue in a draft. */
export class CatalogueDraft {
  /** The revisions to append. */
  readonly revisions: ProductRevision[] = [];
  readonly #stamp: StampAndLimits;
  /** The places as this draft leaves them. */
  locations: Locations;
  #catalogue: Catalogue;

  constructor(facts: Pick<TurnFacts, 'catalogue' | 'locations'>, stamp: StampAndLimits) {
    this.#catalogue = facts.catalogue;
    this.locations = facts.locations;
    this.#stamp = stamp;
  }

  /** The catalogue after these revisions. */
  get current(): Catalogue {
    return this.#catalogue;
  }

  /**
   * Decides the commands of one submission: all or none, since a catalogue must not be changed in part.
   *
   * @param largestInStock the largest productID that has a record
   */
  *decide(
    commands: readonly CatalogueCommand[],
    actor: string | null,
    largestInStock: number,
  ): Steps<readonly CatalogueOutcome[]> {
    const layer = this.#catalogue.layer();
    const outcomes = yield* inSteps(commands, (command) =>
      this.#decideOne(layer, largestInStock, actor, command),
    );
    yield;
    const revisions = outcomes.filter((outcome): outcome is ProductRevision => !isRefusal(outcome));
    if (revisions.length < outcomes.length) return withheld(outcomes);
    // The first layer is kept, so that the revisions of a large file are not folded a second time.
    if (this.revisions.length === 0) this.#catalogue = layer;
    else this.#catalogue.fold(revisions);
    for (const revision of revisions) this.revisions.push(revision);
    return revisions;
  }

  #decideOne(
    layer: Catalogue,
    largestInStock: number,
    actor: string | null,
    command: CatalogueCommand,
  ): CatalogueOutcome {
    const { now, turnMark, productLimit = Number.POSITIVE_INFINITY } = this.#stamp;
    const largest = Math.max(layer.largestProductID, largestInStock);
    const decision = decideProduct(layer, largest, command, this.locations);
    if ('refusal' in decision) return decision;
    const { productID } = decision;
    if (layer.size >= productLimit && !layer.get(productID)) {
      return refuseGrowth(productID, productLimit, command);
    }
    const revision: ProductRevision = {
      revision: (layer.last?.revision ?? 0) + 1,
      ...decision,
      revisedAt: now,
      actor,
      turnMark,
    };
    layer.fold([revision]);
    return revision;
  }
}

/** Withholds all that were accepted, and all refusals beyond REFUSALS_MAX. */
function withheld(outcomes: readonly CatalogueOutcome[]): CatalogueOutcome[] {
  let listed = 0;
  return outcomes.map((outcome) => {
    if (!('productID' in outcome)) return outcome;
    if (isRefusal(outcome) && listed < REFUSALS_MAX) {
      listed += 1;
      return outcome;
    }
    return { refusal: 'withheld', productID: outcome.productID };
  });
}

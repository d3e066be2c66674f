import type { KeyedSubmission, Submission } from '../../app/ledger/submission';
import { CatalogueModel } from './catalogue-model';
import { StockModel } from './stock-model';

/** What stands under a key: what was asked and answered, or that it never will be. */
type Standing =
  | { readonly fingerprint: string; readonly outcomes: readonly object[] }
  | 'cancelled';

/** What the model takes: alerts have a life of their own. */
export type LedgerSubmission = Exclude<
  Submission,
  { kind: 'alerts' | 'access' | 'location' | 'zone' | 'document' | 'expire' }
>;

/** An independent model of stock, catalogue and requests, as simple as can be. */
export class LedgerModel {
  readonly stock = new StockModel();
  readonly catalogue = new CatalogueModel();
  readonly requests = new Map<string, Standing>();

  /** What a submission must be answered. */
  submit(submission: LedgerSubmission): object {
    if (submission.kind === 'cancel') return this.#cancel(submission.key);
    const { request } = submission;
    const standing = request && this.requests.get(request.key);
    if (standing === 'cancelled') return { answer: 'cancelled' };
    if (standing && standing.fingerprint !== request.fingerprint) return { answer: 'key-reused' };
    if (standing) return { answer: 'outcomes', outcomes: standing.outcomes, replayed: true };
    const outcomes = this.#outcomes(submission);
    if (request) this.requests.set(request.key, { fingerprint: request.fingerprint, outcomes });
    return { answer: 'outcomes', outcomes, replayed: false };
  }

  #cancel(key: string): object {
    const standing = this.requests.get(key);
    if (standing && standing !== 'cancelled') {
      return { answer: 'has-run', request: { key, fingerprint: standing.fingerprint } };
    }
    this.requests.set(key, 'cancelled');
    return { answer: 'cancelled' };
  }

  #outcomes(submission: Exclude<KeyedSubmission, { kind: 'document' }>): object[] {
    const { stock, catalogue } = this;
    const lengths = [stock.records.length, catalogue.revisions.length] as const;
    const outcomes =
      submission.kind === 'stock'
        ? submission.commands.map((command) => stock.decide(command))
        : submission.commands.map((command) => {
            const largest = Math.max(0, ...stock.records.map(({ productID }) => productID));
            return catalogue.decide(command, largest);
          });
    const refused = outcomes.some((outcome) => 'refusal' in outcome);
    const mayBePartial = submission.kind === 'stock' && submission.mode === 'each';
    if (!refused || mayBePartial) return outcomes;
    [stock.records.length, catalogue.revisions.length] = lengths;
    return outcomes.map((outcome) =>
      'refusal' in outcome
        ? outcome
        : { refusal: 'withheld', productID: (outcome as { productID: number }).productID },
    );
  }
}

import { isDeepStrictEqual } from 'node:util';
import type { Config } from './config';
import {
  cellsByJoin,
  cellsInMemory,
  conservationOf,
  type Imbalance,
  imbalancesOf,
} from './ledger/conservation';
import type { Audit } from './ledger/questions';
import { retrying } from './ledger/retry';
import { openStore } from './open-store';

/** A service that writes at the same time may delay this for a moment. */
const RETRIES = { timeoutMs: 10_000, tries: 200 };

/** Imbalances that a report names. The others are of the same cause, as a rule. */
const NAMED_MAX = 5;

/** What a verification found. Everything is 0 if the ledger is whole. */
export interface Verified {
  /** Lines in which the quick answers differ from the plain ones. */
  readonly drift: number;
  /** Units that are not accounted for. */
  readonly conservation: number;
  /** Both in words. */
  readonly report: string;
}

/**
 * Compares both forms of all answers on the whole ledger (see `LedgerStore.audit`), looks whether every unit is accounted for, and
 * stores the result for `/metrics`.
 */
export async function verify(config: Config): Promise<Verified> {
  const store = openStore(config);
  try {
    const audit = await store.audit();
    const drifts = driftsOf(audit);
    const drift = drifts.reduce((sum, { lines }) => sum + lines, 0);
    const imbalances = imbalancesOf(audit);
    const conservation = conservationOf(imbalances);
    const { records } = audit;
    const verification = { verifiedAt: new Date(), records, drift, conservation };
    await retrying(RETRIES, () => store.appendVerification(verification));
    const report = `${driftReport(audit, drifts)}\n${conservationReport(imbalances)}`;
    return { drift, conservation, report };
  } finally {
    await store.close();
  }
}

interface Drift {
  readonly answer: string;
  /** In how many lines its forms differ. */
  readonly lines: number;
}

function driftsOf(audit: Audit): Drift[] {
  const cells = { quick: cellsInMemory(audit.cells), plain: cellsByJoin(audit) };
  return [
    { answer: 'GET /inventory', lines: driftOf(audit.stock) },
    {
      answer: 'GET /inventory?locationID=',
      lines: driftOf(cells, ({ productID, locationID }) => `${productID} ${locationID}`),
    },
    { answer: 'GET /sales', lines: driftOf(audit.sales) },
    {
      answer: 'GET /sales?groupBy=day',
      lines: driftOf(audit.days, ({ day, productID }) => `${day} ${productID}`),
    },
  ];
}

/**
 * How many lines differ in the two forms. If none does, how many are in another place.
 *
 * @param nameOf what a line is about
 */
export function driftOf<L extends { readonly productID: number }>(
  { quick, plain }: Readonly<Record<'quick' | 'plain', readonly L[]>>,
  nameOf: (line: L) => string = ({ productID }) => String(productID),
): number {
  const quickly = new Map(quick.map((line) => [nameOf(line), line]));
  const plainly = new Map(plain.map((line) => [nameOf(line), line]));
  const names = new Set([...quickly.keys(), ...plainly.keys()]);
  const differing = [...names].filter(
    (name) => !isDeepStrictEqual(quickly.get(name), plainly.get(name)),
  );
  const misplaced = plain.filter((line, place) => {
    const beside = quick[place];
    return beside === undefined || nameOf(beside) !== nameOf(line);
  });
  return differing.length || misplaced.length;
}

function driftReport({ records, stock, sales, cells }: Audit, drifts: readonly Drift[]): string {
  const places = cells.latest.plain.length;
  const scope = `${records} records, ${stock.plain.length} products at ${places} places, ${sales.plain.length} of them sold`;
  const faults = drifts
    .filter(({ lines }) => lines > 0)
    .map(
      ({ answer, lines }, index) => `${answer} in ${lines}${index === 0 ? ' of its lines' : ''}`,
    );
  return faults.length === 0
    ? `${scope}: the quick queries answer what the plain ones answer.`
    : `${scope}: the quick queries DIFFER from the plain ones for ${faults.join(' and ')}.`;
}

function conservationReport(imbalances: readonly Imbalance[]): string {
  if (imbalances.length === 0) {
    return 'Conservation 0: what came in less what went out is there, of each product at each location.';
  }
  const named = imbalances.slice(0, NAMED_MAX).map(imbalanceInWords);
  const more = imbalances.length - named.length;
  const others = more > 0 ? [`and ${more} more`] : [];
  const units = conservationOf(imbalances);
  return `Conservation ${units}: units are NOT ACCOUNTED FOR: ${[...named, ...others].join('; ')}.`;
}

function imbalanceInWords(imbalance: Imbalance): string {
  const { productID, units, locationID, document, isHeld } = imbalance;
  const signed = units > 0 ? `+${units}` : String(units);
  if (imbalance.isOnTheWay) return `product ${productID} in transit: ${signed}`;
  if (isHeld) return `product ${productID} held at location ${locationID}: ${signed}`;
  if (locationID !== undefined) return `product ${productID} at location ${locationID}: ${signed}`;
  if (document !== undefined) return `product ${productID} by ${document ?? 'a move'}: ${signed}`;
  return `product ${productID} in its total: ${signed}`;
}

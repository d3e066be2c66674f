/** The entity tag of a record or revision with this number, whichever ledger's it is; of 0 there is but one. */
export function tagOf(number: number | string): unknown {
  return expect.stringMatching(
    String(number) === '0' ? /^"0"$/ : new RegExp(`^"${number}-[0-9a-z.]+"$`),
  );
}

/** The number that an entity tag names. */
export function numberOf(tag: string | null | undefined): number {
  return Number(/^(?:W\/)?"(\d+)/.exec(tag ?? '')?.[1]);
}

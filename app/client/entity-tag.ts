/**
 * The entity tag of a record, revision or event, as the service gives it in `ETag`. Without its mark, as older services
 * tell it, it is the number alone, which the service takes as well: but it would fit another ledger's, too.
 */
export function entityTag(number: number, mark: string | null | undefined): string {
  return mark ? `"${number}-${mark}"` : `"${number}"`;
}

/** The mark in an entity tag of this number; undefined where it has none. */
export function markIn(etag: string | undefined, number: number): string | undefined {
  const [, told, mark] = /^(?:W\/)?"([0-9]+)-([^"]+)"$/.exec(etag ?? '') ?? [];
  return Number(told) === number ? mark : undefined;
}

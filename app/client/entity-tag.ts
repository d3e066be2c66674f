/**
 * The entity tag of a record, revision or event, as in the service's header `ETag`. If the mark is missing, as with older
 * services, the tag is the number alone. The service accepts it, but it would also fit another ledger.
 */
export function entityTag(number: number, mark: string | null | undefined): string {
  return mark ? `"${number}-${mark}"` : `"${number}"`;
}

/** The mark in an entity tag of this number; undefined if it has none. */
export function markIn(etag: string | undefined, number: number): string | undefined {
  const [, tagged, mark] = /^(?:W\/)?"([0-9]+)-([^"]+)"$/.exec(etag ?? '') ?? [];
  return Number(tagged) === number ? mark : undefined;
}

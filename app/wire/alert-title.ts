import type { Alert } from './alerts';

/** What an alert is about, in words: `Tea`, `Product 7 at Van`, `Transfer 17`. */
export function alertTitle({
  name,
  productID,
  locationID,
  locationName,
  transferID,
}: Pick<Alert, 'name' | 'productID' | 'locationID' | 'locationName' | 'transferID'>): string {
  if (transferID !== undefined) return `Transfer ${transferID}`;
  const product = name ?? `Product ${productID}`;
  if (locationID === undefined) return product;
  return `${product} at ${locationName ?? `location ${locationID}`}`;
}

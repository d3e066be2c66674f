/** What an alert is about: a product, a product at a location, or a transfer. */
export interface AlertSubject {
  /** 0 for a transfer. */
  readonly productID: number;
  /** 0 for a product at all its locations together, and for a transfer. */
  readonly locationID: number;
  /** 0 for a product. */
  readonly transferID: number;
}

/** The same value for the same subject, and for no other. For a product as a whole it is its number, which takes least memory. */
export function subjectKey({ productID, locationID, transferID }: AlertSubject): number | string {
  if (transferID !== 0) return `transfer ${transferID}`;
  return locationID === 0 ? productID : `${productID} at ${locationID}`;
}

/** The subject of an event, a finding or a command. */
export function subjectOf({ productID, locationID, transferID }: AlertSubject): AlertSubject {
  return { productID, locationID, transferID };
}

/** A product at all its locations together. */
export function wholeProduct(productID: number): AlertSubject {
  return { productID, locationID: 0, transferID: 0 };
}

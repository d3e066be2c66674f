/** "There is this place", or "it is called so now". */
export interface PutLocationCommand {
  readonly kind: 'put';
  readonly locationID: number;
  readonly name: string;
  /** Undefined to leave it as it is, and for a new location to sell what is there. */
  readonly sellable?: boolean | undefined;
  readonly address: string | null;
}

/** "Nothing is there any more, and nothing will be." */
export interface RetireLocationCommand {
  readonly kind: 'retire';
  readonly locationID: number;
}

/** A change of the places where stock is. */
export type LocationCommand = PutLocationCommand | RetireLocationCommand;

/** Why a change of a location was refused. The list is closed. */
export type LocationRefusal =
  /** There is no such location, or it is retired already. */
  | { readonly refusal: 'unknown-location'; readonly locationID: number }
  /** Whether what is there can be sold was said when it was made. */
  | {
      readonly refusal: 'sellable-is-fixed';
      readonly locationID: number;
      readonly sellable: boolean;
    }
  /** Units of so many products are there, or so many transfers are on their way from or to it. */
  | {
      readonly refusal: 'location-in-use';
      readonly locationID: number;
      readonly products: number;
      readonly transfers: number;
    }
  /** The first location is always there. */
  | { readonly refusal: 'first-location'; readonly locationID: number }
  /** There are as many as there may be. */
  | { readonly refusal: 'location-limit'; readonly limit: number };

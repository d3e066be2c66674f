/** "There are this many now": sets the available quantity, whatever it was. */
export interface CountCommand {
  readonly kind: 'count';
  readonly productID: number;
  /** Units, 0 to 2147483647. */
  readonly availableQuantity: number;
}

/** "This many were sold": lowers the available quantity. */
export interface SaleCommand {
  readonly kind: 'sale';
  readonly productID: number;
  /** Units, 0 to 2147483647. */
  readonly quantity: number;
  /** Price of one unit in ten-thousandths of the currency unit; null where not known. */
  readonly unitPrice: number | null;
}

/** A change of stock that somebody asks for. */
export type Command = CountCommand | SaleCommand;

import type { StockRefusal } from '../refusal';
import type { DocumentState } from './document';

/** Units of a product at a location. */
export interface HoldLine {
  readonly productID: number;
  readonly locationID: number;
  /** Units, 1 to QUANTITY_MAX. */
  readonly quantity: number;
}

/** "Set these aside": all lines or none. Under the name of an open hold it replaces that hold. */
export interface PutHoldCommand {
  readonly kind: 'put-hold';
  readonly holdID: string;
  /** Each product and location once. */
  readonly lines: readonly HoldLine[];
  /** After how many seconds it ends by itself. */
  readonly expiresIn: number;
  readonly reference: string | null;
}

/** "Set them aside for longer": from now on. */
export interface ExtendHoldCommand {
  readonly kind: 'extend-hold';
  readonly holdID: string;
  readonly expiresIn: number;
}

/** "These are sold": all or part. The rest is released. */
export interface SellHoldCommand {
  readonly kind: 'sell-hold';
  readonly holdID: string;
  /** What is sold; undefined for all. */
  readonly lines?: readonly HoldLine[] | undefined;
  /** Price of one unit in ten-thousandths of the currency unit; null if it is not known. */
  readonly unitPrice: number | null;
  /** Whether to sell from what is free, if the hold was released or has expired. */
  readonly orSell: boolean;
}

/** "They are not needed any more." */
export interface ReleaseHoldCommand {
  readonly kind: 'release-hold';
  readonly holdID: string;
}

/** "These have left": they are on their way. */
export interface ShipCommand {
  readonly kind: 'ship';
  readonly from: number;
  readonly to: number;
  /** Each product once. */
  readonly lines: readonly { readonly productID: number; readonly quantity: number }[];
  readonly expectedAt: Date | null;
  readonly reference: string | null;
}

/** What has arrived of one product, and how. */
export interface ReceivedLine {
  readonly productID: number;
  /** Units that are at the destination now. */
  readonly received: number;
  /** Units that are waste. */
  readonly damaged: number;
  /** Units that are back where they came from. */
  readonly returned: number;
}

/** "These have arrived." When nothing is on its way any more, the transfer is closed. */
export interface ReceiveCommand {
  readonly kind: 'receive';
  readonly transferID: number;
  /** Each product once. */
  readonly lines: readonly ReceivedLine[];
}

/** "Nothing more will arrive." */
export interface CloseTransferCommand {
  readonly kind: 'close-transfer';
  readonly transferID: number;
  /** What became of the rest. */
  readonly remainder: 'lost' | 'returned';
  readonly note: string | null;
}

export type HoldCommand = PutHoldCommand | ExtendHoldCommand | SellHoldCommand | ReleaseHoldCommand;

export type TransferCommand = ShipCommand | ReceiveCommand | CloseTransferCommand;

/** A change of a hold or a transfer that somebody asks for. */
export type DocumentCommand = HoldCommand | TransferCommand;

/** Why a change of a hold or a transfer was refused. Nothing was recorded. The list is closed. */
export type DocumentRefusal =
  /** There was never a hold of this name. */
  | { readonly refusal: 'unknown-hold'; readonly holdID: string }
  /** It has ended: how, when, and the last record of its end. */
  | {
      readonly refusal: 'hold-ended';
      readonly holdID: string;
      readonly ended: Exclude<DocumentState, 'open' | 'closed'>;
      readonly endedAt: string;
      readonly record: number;
    }
  /** It has fewer units of this product there. */
  | {
      readonly refusal: 'exceeds-hold';
      readonly holdID: string;
      readonly productID: number;
      readonly locationID: number;
      readonly heldQuantity: number;
    }
  /** A line is worth more than SALE_TOTAL_MAX. */
  | { readonly refusal: 'sale-too-large'; readonly productID: number; readonly limit: number }
  | { readonly refusal: 'unknown-transfer'; readonly transferID: number }
  /** All of it has arrived, or it was closed. */
  | {
      readonly refusal: 'transfer-closed';
      readonly transferID: number;
      readonly endedAt: string;
      readonly record: number;
    }
  /** Fewer units of this product are on their way. */
  | {
      readonly refusal: 'exceeds-outstanding';
      readonly transferID: number;
      readonly productID: number;
      readonly outstanding: number;
    }
  /** As many holds and transfers are open as may be. */
  | { readonly refusal: 'document-limit'; readonly limit: number }
  /** The caller may not change stock at one of its locations. */
  | { readonly refusal: 'other-location'; readonly locationID: number }
  /** Some lines were refused: their places among the lines, and why. */
  | {
      readonly refusal: 'lines-refused';
      /** How many lines there were. */
      readonly lines: number;
      readonly refused: readonly { readonly index: number; readonly why: StockRefusal }[];
    };

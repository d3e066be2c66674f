/** The location that is always there. Stock is there unless a request says otherwise. */
export const FIRST_LOCATION = 1;

/** Where goods are that a transfer has on their way: the largest number of the column. Only transfers change what is there. */
export const IN_TRANSIT = 2 ** 32 - 1;

/** The largest number that a location can be given. */
export const LOCATION_ID_MAX = IN_TRANSIT - 1;

/** The most locations, retired ones too: each refusal of `insufficient-stock` looks through them. */
export const LOCATIONS_MAX = 1_000;

/** One entry about a location: what it was from then on. The latest entry about each location is valid. */
export interface LocationEntry {
  /** Position in the history of locations: 1, 2, 3, … in commit order. */
  readonly entry: number;
  readonly locationID: number;
  readonly name: string;
  /** Whether what is there can be sold. It never changes: otherwise the stock of past moments would change. */
  readonly sellable: boolean;
  readonly address: string | null;
  /** Nothing is there, and nothing is recorded there any more. */
  readonly retired: boolean;
  readonly recordedAt: Date;
  /** Who asked for it. */
  readonly actor: string | null;
  /** The random mark of the turn that appended it. */
  readonly turnMark: number | null;
}

/** A location, as far as decisions need it. */
export type Location = Pick<
  LocationEntry,
  'locationID' | 'name' | 'sellable' | 'address' | 'retired'
>;

/** The first location, as long as nobody has named it. */
export const UNNAMED_FIRST: Location = {
  locationID: FIRST_LOCATION,
  name: 'Main',
  sellable: true,
  address: null,
  retired: false,
};

/** The location of goods on their way: nothing is sold there. */
export const TRANSIT: Location = {
  locationID: IN_TRANSIT,
  name: 'In transit',
  sellable: false,
  address: null,
  retired: false,
};

/** Whether two entries with one number are the same. They differ if one is of another ledger, such as a backup. */
export function isSameLocationEntry(a: LocationEntry, b: LocationEntry): boolean {
  return a.entry === b.entry && a.turnMark === b.turnMark && a.locationID === b.locationID;
}

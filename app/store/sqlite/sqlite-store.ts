import { SqlStore } from '../sql-store';
import { SqliteEngine } from './engine';

/** The ledger in one SQLite file, beside which it keeps its write-ahead log. */
export class SqliteStore extends SqlStore {
  /** Fills an empty ledger with the dummy shop: `SqliteEngine` says what it returns. */
  readonly seedDummyShop: () => boolean;

  /** Opens the file, made if it is not there, and brings its schema forward. */
  constructor(file: string) {
    const engine = new SqliteEngine(file);
    super(engine);
    this.seedDummyShop = () => engine.seedDummyShop();
  }
}

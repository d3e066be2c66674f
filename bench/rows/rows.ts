import type { Row } from '../row';
import { batch } from './batch';
import { beside } from './beside';
import { cells } from './cells';
import { get } from './get';
import { getWhileWriting } from './get-while-writing';
import { growth } from './growth';
import { holds } from './holds';
import { imports } from './import';
import { lonePost } from './lone-post';
import { memory } from './memory';
import { migrate } from './migrate';
import { oneChange } from './one-change';
import { post } from './post';
import { postEmbedded } from './post-embedded';
import { postWithKey } from './post-with-key';
import { processes } from './processes';
import { sales } from './sales';
import { stall } from './stall';
import { start, startWithHolds } from './start';

/** All rows, in the order in which they run: first those that read a ledger, then those that make it longer. */
export const ROWS: readonly Row[] = [
  post,
  postEmbedded,
  postWithKey,
  lonePost,
  get,
  getWhileWriting,
  sales,
  start,
  growth,
  startWithHolds,
  batch,
  memory,
  cells,
  holds,
  imports,
  migrate,
  oneChange,
  processes,
  stall,
  beside,
];

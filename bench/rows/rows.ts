import type { Row } from '../row';
import { get } from './get';
import { post } from './post';

/** All rows, in the order in which they are run. */
export const ROWS: readonly Row[] = [post, get];

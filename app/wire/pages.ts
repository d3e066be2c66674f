/** Entries of a list on one page, if the request does not say how many. */
export const PAGE = 100;

/** Entries on one page at most: an answer of a few hundred kilobytes. */
export const PAGE_MAX = 1_000;

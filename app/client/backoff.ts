/** Bounds of the pauses between tries. */
export interface BackoffLimits {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** The pause after so many failures beyond the first: twice as long each time, up to the longest. */
export function backoffMs(failures: number, { firstMs, longestMs }: BackoffLimits): number {
  return Math.min(longestMs, firstMs * 2 ** failures);
}

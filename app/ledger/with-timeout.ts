/**
 * Awaits a result, but not for longer than a limit. A result that comes later is ignored.
 *
 * @param limitMs how long it may take
 * @param late gives the result instead, or throws, when the limit has passed
 */
export async function withTimeout<T>(
  result: Promise<T>,
  limitMs: number,
  late: () => T,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  try {
    return await Promise.race([result, timeout.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}

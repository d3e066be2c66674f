/**
 * What is asked, where it comes in time; else what `late` says instead, or throws. What comes later is left alone.
 *
 * @param limitMs how long it may take
 */
export async function inTime<T>(asked: Promise<T>, limitMs: number, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  try {
    return await Promise.race([asked, timeout.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}

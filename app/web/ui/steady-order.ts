/**
 * The order in which rows stand while somebody is at them: as before, what has gone left out, and what is new at the
 * end. So no row moves under a pointer or a finger on its way down.
 */
export function steadyOrder(before: readonly string[], now: readonly string[]): readonly string[] {
  const left = new Set(now);
  const kept = before.filter((id) => left.delete(id));
  return [...kept, ...left];
}

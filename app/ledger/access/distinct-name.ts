/** The most UTF-16 units of a name that is given. */
const NAME_MAX = 100;

/** A name that none of the others has: the given one, or else the first that is free with a number after it. */
export function distinctName(given: string, others: readonly string[]): string {
  const taken = new Set(others);
  let name = given;
  for (let number = 2; taken.has(name); number += 1) {
    const suffix = ` ${number}`;
    name = `${given.slice(0, NAME_MAX - suffix.length).trimEnd()}${suffix}`;
  }
  return name;
}

/** The actor of everybody, where the service asks nobody who they are. */
export const OPEN_ACTOR = 'open';

/** The actor of a person or a key: `person:ann`, `key:till-7`. */
export function actorNamed(kind: 'person' | 'key', name: string): string {
  return `${kind}:${name}`;
}

/** An actor for people to read: a person by their name alone. */
export function actorInWords(actor: string): string {
  return actor.replace(/^person:/, '');
}

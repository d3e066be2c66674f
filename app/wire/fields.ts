import { z } from 'zod';

/** The kinds of value that fields of answers have. */

/** A moment, as RFC 3339 writes it, in UTC. */
export const time = z.iso.datetime();
export const count = z.int().min(0);
/** In units of the currency: 4.5. */
export const money = z.number();
export const actor = z.string().meta({
  description:
    'Who asked for it, such as open, key:till-7 or person:ann. It is not there for what was recorded before actors were kept',
});
export const mark = z.string().meta({
  description: 'Together with the number it makes the entity tag, such as "231-h5x2k1"',
});

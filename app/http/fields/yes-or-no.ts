import { z } from 'zod';
import { oneOf } from './field';

/** `true` or `false`, as JSON or as text. */
export const yesOrNo = z
  .union([oneOf(['true', 'false']), z.boolean()])
  .transform((given) => given === true || given === 'true');

import { Problem } from '../problems/problem';

/** A body over its limit. The rest of it is not read, so the connection cannot be used again. */
export function tooLarge(limitBytes: number): Problem {
  return new Problem(
    'body-too-large',
    `The body may have ${limitBytes} bytes at most.`,
    {},
    { Connection: 'close' },
  );
}

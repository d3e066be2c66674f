import type { ProblemAnswer } from '../wire/problem';

/** The service has answered with a problem. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly problem: ProblemAnswer,
    /** How long to wait before the next try, if the service says so. */
    readonly retryAfterMs?: number,
    message: string = problem.detail,
  ) {
    super(message);
  }
}

/** No answer came, or none of the service's own. The same request may be sent again. */
export class Unreachable extends Error {
  // Its subclasses have names of their own.
  override readonly name: string = 'Unreachable';
}

/** The answer comes from something in front of the service, such as a proxy or a network that wants a login. */
export class ForeignAnswer extends Unreachable {
  override readonly name = 'ForeignAnswer';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

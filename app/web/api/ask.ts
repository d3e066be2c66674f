import { type Answer, ServiceClient, type ServiceRequest } from '../../client/service-client';
import type { ProblemAnswer } from '../../wire/problem';
import { basePath } from './page-path';

/** Longer than the service itself waits for its database. */
const TIMEOUT_MS = 45_000;

const listeners = new Set<(problem: ProblemAnswer) => void>();

/** Calls back with each problem that the service answers with. */
export function onProblem(listener: (problem: ProblemAnswer) => void): void {
  listeners.add(listener);
}

/** Passes on a problem of an answer that did not come by `service`. */
export function tellProblem(problem: ProblemAnswer): void {
  for (const listener of listeners) listener(problem);
}

/** The service that the page comes from. */
export const service = new ServiceClient({
  base: basePath,
  timeoutMs: TIMEOUT_MS,
  onProblem: tellProblem,
});

/** Asks the service. @throws Refused, Unreachable */
export function ask<T>(path: string, request?: ServiceRequest): Promise<Answer<T>> {
  return service.ask(path, request);
}

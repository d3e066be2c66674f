import { type Answer, ServiceClient, type ServiceRequest } from '../../client/service-client';
import { basePath } from './page-path';

/** Longer than the service itself waits for its database. */
const TIMEOUT_MS = 45_000;

/** The service that the page comes from. */
export const service = new ServiceClient({ base: basePath, timeoutMs: TIMEOUT_MS });

/** Asks the service. @throws Refused, Unreachable */
export function ask<T>(path: string, request?: ServiceRequest): Promise<Answer<T>> {
  return service.ask(path, request);
}

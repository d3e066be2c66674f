import type { RequestHandler } from 'express';
import { INSTANCE_HEADER } from '../../wire/headers';
import { Problem } from '../problems/problem';

/**
 * Refuses a request that names another deployment than this one: whoever sent it reached the wrong service, and
 * must not change anything there. A request that names none is for whoever answers.
 *
 * @param instanceID this deployment's own; undefined where it has none
 */
export function requireInstance(instanceID: string | undefined): RequestHandler {
  return (req, _res, next) => {
    const wanted = req.get(INSTANCE_HEADER);
    if (wanted === undefined || wanted === instanceID) return next();
    throw new Problem(
      'other-instance',
      `The request is for another deployment: ${INSTANCE_HEADER} is not the INSTANCE_ID of this service. Nothing was done.`,
    );
  };
}

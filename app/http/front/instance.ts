import type { RequestHandler } from 'express';
import { INSTANCE_HEADER } from '../../wire/headers';
import { Problem } from '../problems/problem';

/**
 * Refuses requests that name another deployment: they reached the wrong service, and must not change anything here. Requests
 * that name none are answered.
 *
 * @param instanceID of this deployment; undefined if it has none
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

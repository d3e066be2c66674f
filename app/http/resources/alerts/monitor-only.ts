import type { RequestHandler } from 'express';
import { MONITOR_PASS_HEADER } from '../../../wire/headers';
import { isMonitorPass, PASS_VALID_SECONDS } from '../../../wire/monitor-pass';
import { callerOf, MONITOR, OPEN, setCaller } from '../../access/caller';
import { Problem } from '../../problems/problem';

/**
 * Refuses requests that are not the monitor's, before their body is read: nobody else may report findings and deliveries.
 * Without a secret the monitor cannot be told from others, so all requests pass, in their callers' own names.
 *
 * @param secret LINK_SECRET
 */
export function monitorOnly(secret: string | undefined): RequestHandler {
  return (req, res, next) => {
    if (secret === undefined) return next();
    const pass = req.get(MONITOR_PASS_HEADER) ?? '';
    if (isMonitorPass(secret, pass, new Date())) {
      if (callerOf(res) === OPEN) setCaller(res, MONITOR);
      return next();
    }
    const why =
      pass === ''
        ? `The request has no header ${MONITOR_PASS_HEADER}, which is signed with LINK_SECRET.`
        : `Its ${MONITOR_PASS_HEADER} was signed with another LINK_SECRET than the service has, or their clocks differ by more than ${PASS_VALID_SECONDS / 60} minutes.`;
    const remedy = 'Nothing was changed. Give the service and its monitor the same LINK_SECRET.';
    throw new Problem('monitor-only', `${why} ${remedy}`);
  };
}

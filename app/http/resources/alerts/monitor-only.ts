import type { RequestHandler } from 'express';
import { MONITOR_PASS_HEADER } from '../../../wire/headers';
import { isMonitorPass, PASS_VALID_SECONDS } from '../../../wire/monitor-pass';
import { Problem } from '../../problems/problem';

/**
 * Refuses what is not the monitor's own, before its body is read: alerts, and who has been told of them, are what it says
 * they are. Without a secret nobody can tell the monitor from others, and all are let in.
 *
 * @param secret LINK_SECRET
 */
export function monitorOnly(secret: string | undefined): RequestHandler {
  return (req, _res, next) => {
    const pass = req.get(MONITOR_PASS_HEADER) ?? '';
    if (secret === undefined || isMonitorPass(secret, pass, new Date())) return next();
    const why =
      pass === ''
        ? `The request has no ${MONITOR_PASS_HEADER}, which is made with LINK_SECRET.`
        : `Its ${MONITOR_PASS_HEADER} was made with another LINK_SECRET than the service has, or their clocks differ by more than ${PASS_VALID_SECONDS / 60} minutes.`;
    const todo = 'Nothing was changed. Give the service and its monitor the same LINK_SECRET.';
    throw new Problem('monitor-only', `${why} ${todo}`);
  };
}

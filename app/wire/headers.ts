/** The headers of requests and answers that service, page and monitor share, besides those of HTTP itself. */

/** Names a change, so that it can be sent again and is recorded once. */
export const IDEMPOTENCY_KEY_HEADER = 'Idempotency-Key';

/** The deployment that an answer comes from, or that a request is for: the value of INSTANCE_ID. */
export const INSTANCE_HEADER = 'X-Instance-Id';

/** Shows that a request comes from the service's own monitor: see `monitorPass`. */
export const MONITOR_PASS_HEADER = 'X-Monitor-Pass';

/** The id of a request in the log. A request may choose it. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

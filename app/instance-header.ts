/**
 * The header by which an answer says which deployment it is of, and by which a request says which it is for: the
 * value of INSTANCE_ID. HTTP sets and checks it, and so does the monitor.
 */
export const INSTANCE_HEADER = 'X-Instance-Id';

/** The tables that the service appends to, and never updates or deletes in. */
export const APPEND_ONLY = [
  'inventory',
  'requests',
  'products',
  'verifications',
  'alerts',
  'alert_deliveries',
  'alert_checkpoints',
] as const;

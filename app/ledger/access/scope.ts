import type { Reason } from '../reason';

/** What a caller may do: each scope, and what it lets its holder do. */
export const SCOPES = {
  'stock:read': 'Read stock, sales, products, outlooks and alerts.',
  'records:read': 'Read the records of the ledger, and who asked for them.',
  'stock:count': 'Record counts.',
  'stock:sell': 'Record and cancel sales, and hold products.',
  'stock:move': 'Record receipts, returns, waste, adjustments, moves and transfers.',
  'catalogue:write': 'Add, change and retire products and locations.',
  'alerts:handle': 'Acknowledge, snooze, order and reopen alerts.',
  'files:import': 'Import files, of what other scopes let their holder record.',
  'metrics:read': 'Read the metrics of a process.',
  monitor: 'Report findings and deliveries, as the monitor does.',
  'access:read': 'See people, devices and keys, and who was let in.',
  'access:write': 'Invite people, make keys, and revoke both.',
} as const;

export type Scope = keyof typeof SCOPES;

/** All scopes, in order. */
export const SCOPE_NAMES = Object.keys(SCOPES) as readonly Scope[];

/** Selling includes holds: they set aside what is about to be sold. */
const SELLING: ReadonlySet<Reason> = new Set(['sale', 'cancellation', 'hold', 'release', 'expiry']);

/** The scope that a change of stock needs, by its reason. */
export function scopeOfReason(reason: Reason): Scope {
  if (reason === 'count') return 'stock:count';
  return SELLING.has(reason) ? 'stock:sell' : 'stock:move';
}

const READING = ['stock:read', 'records:read'] as const satisfies readonly Scope[];
const WORK = [
  ...READING,
  'stock:count',
  'stock:sell',
  'stock:move',
  'alerts:handle',
] as const satisfies readonly Scope[];

/** The roles of people: named sets of scopes. Nobody but the monitor needs the scope of the monitor. */
export const ROLES = {
  owner: SCOPE_NAMES.filter((scope) => scope !== 'monitor'),
  manager: [...WORK, 'catalogue:write', 'files:import', 'metrics:read', 'access:read'],
  clerk: WORK,
  viewer: READING,
} as const satisfies Record<string, readonly Scope[]>;

export type Role = keyof typeof ROLES;

import { z } from 'zod';

/** One setting: the environment variable it comes from, what it may be, and what it means. */
export interface Setting<T extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly type: T;
  /** The default as text; undefined if there is none, and the setting may be left out. */
  readonly default: string | undefined;
  readonly meaning: string;
  /** Whether a message about a fault must not repeat the value. */
  readonly isSecret: boolean;
}

/** A row of a table of settings. */
export function setting<T extends z.ZodType>(
  name: string,
  type: T,
  fallback: string | undefined,
  meaning: string,
  { isSecret = false } = {},
): Setting<T> {
  return { name, type, default: fallback, meaning, isSecret };
}

/** A table of settings, by their names in the code. */
export type SettingTable = Readonly<Record<string, Setting>>;

/** The values of a table of settings. */
export type Settings<T extends SettingTable> = {
  readonly [K in keyof T]: z.output<T[K]['type']>;
};

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that cannot be used, one line for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/**
 * Reads a table of settings from environment variables; an empty one counts as not set.
 *
 * @throws ConfigError that names every fault
 */
export function readSettings<T extends SettingTable>(table: T, env: Environment): Settings<T> {
  const faults: string[] = [];
  const settings = Object.entries(table).map(([key, { name, type, isSecret, ...row }]) => {
    const result = type.safeParse(env[name] || row.default);
    if (!result.success) {
      const detail = result.error.issues.map(({ message }) => message).join(', ');
      faults.push(`${name} ${detail}${isSecret ? '' : `, and is "${env[name]}"`}`);
    }
    return [key, result.data];
  });
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.fromEntries(settings) as Settings<T>;
}

/** Any text. */
export const text = z.string();

/** A choice of `true` or `false`. */
export const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((value) => value === 'true');

/** A whole number, in decimal digits. */
export function integer(min: number, max: number) {
  const expected = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^(0|[1-9][0-9]*)$/, expected)
    .transform(Number)
    .refine((number) => number >= min && number <= max, expected);
}

const URL_EXPECTED = 'must be a URL such as http://inventory.example:5000';

/** An http or https URL, without the slash at its end. */
export const httpUrl = z
  .string()
  .refine((value) => /^https?:\/\//.test(value) && URL.canParse(value), URL_EXPECTED)
  .transform((value) => value.replace(/\/+$/, ''));

/** A secret for signatures, long enough that it cannot be guessed. */
export const signingSecret = z.string().min(16, 'must have at least 16 characters');

import { parseArgs } from 'node:util';
import type { Settings } from './bench';

/** The arguments of a run. */
export interface Arguments {
  /** The rows to run; all if none is named. */
  readonly rows: readonly string[];
  readonly settings: Settings;
}

/** @throws Error that says what is wrong with the arguments */
export function readArguments(args: string[], names: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '8' },
      scale: { type: 'string', default: '1' },
      beside: { type: 'string' },
    },
  });
  for (const row of positionals) {
    if (!names.includes(row)) throw new Error(`There is no row ${row}: ${names.join(', ')}.`);
  }
  return {
    rows: positionals,
    settings: {
      rounds: positive('rounds', values.rounds),
      seconds: positive('seconds', values.seconds),
      scale: positive('scale', values.scale),
      beside: values.beside,
    },
  };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (number > 0) return number;
  throw new Error(`--${name} must be a number above 0, and is ${text}.`);
}

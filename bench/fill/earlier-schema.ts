import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The schema files of a dialect up to a version: they make the tables as a service of that version left them. */
export function earlierSchema(dialect: 'mysql' | 'sqlite', version: number): string[] {
  const folder = path.resolve('db', dialect);
  return readdirSync(folder)
    .sort()
    .slice(0, version)
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
}

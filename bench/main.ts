import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readArguments } from './arguments';
import { Bench } from './bench';
import { findLoad } from './load/load';
import { machine } from './machine';
import { type Finding, Skipped } from './row';
import { ROWS } from './rows/rows';
import { type Database, startDatabase } from './servers/database';
import { table } from './table';

/** Where a run writes its findings. A run of some rows, or of a smaller size, does not replace a complete one. */
const RESULTS = path.resolve('bench', 'results.json');
const PARTIAL_RESULTS = path.resolve('bench', 'results.partial.json');

async function main(): Promise<void> {
  const { rows, settings } = readArguments(
    process.argv.slice(2),
    ROWS.map(({ name }) => name),
  );
  const load = findLoad();
  const database = await startDatabase();
  endOnSignal(database);
  const bench = new Bench(database, load, settings, say);
  const findings: (Finding & { row: string })[] = [];
  const skipped: { row: string; why: string }[] = [];
  const about = {
    date: new Date().toISOString(),
    machine: machine(),
    database: { version: database.version, ...database.settings },
    load: load.name,
    settings,
  };
  say(JSON.stringify(about, null, 2));
  try {
    for (const row of ROWS) {
      if (rows.length > 0 && !rows.includes(row.name)) continue;
      say(`\n${row.name}: ${row.about}`);
      try {
        const found = await row.measure(bench);
        findings.push(...found.map((finding) => ({ row: row.name, ...finding })));
      } catch (error) {
        // The other rows are still worth measuring.
        const { message, stack } = error as Error;
        const isFault = !(error instanceof Skipped);
        if (isFault) process.exitCode = 1;
        skipped.push({ row: row.name, why: message });
        say(`${row.name} was not measured: ${isFault ? stack : message}`);
      } finally {
        await bench.endRow();
      }
    }
  } finally {
    await database.remove();
  }
  const isWhole = rows.length === 0 && settings.scale === 1 && process.exitCode === undefined;
  const file = isWhole ? RESULTS : PARTIAL_RESULTS;
  writeFileSync(file, `${JSON.stringify({ ...about, findings, skipped }, null, 2)}\n`);
  say(`\n${table(findings)}`);
  for (const { row, why } of skipped) say(`${row} was not measured: ${why}`);
  say(`\n${file}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** On an interrupt the database is removed. The servers stop when this process exits. */
function endOnSignal(database: Database): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      database.remove().finally(() => process.exit(1));
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
});

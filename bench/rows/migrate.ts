import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Bench } from '../bench';
import { fillEarlierSqlite } from '../fill/earlier-sqlite';
import { fillLedger } from '../fill/ledger';
import { amount, finding } from '../measure/finding';
import type { Finding, Row } from '../row';
import { startService } from '../servers/service';
import { TEN_MILLION } from './growth';

/** The schema of the release before locations and holds. */
const EARLIER_SCHEMA = 7;

/**
 * From the start of the process until it is ready, on a ledger that an earlier release left. A ledger is brought forward only once,
 * so there is one round.
 */
export const migrate: Row = {
  name: 'migrate',
  about: 'the first start of this release on 10 million records of the release before locations',
  measure: async (bench) => {
    const size = { ...TEN_MILLION, records: bench.scaled(TEN_MILLION.records) };
    const folder = mkdtempSync(path.join(tmpdir(), 'inventory-bench-'));
    await bench.use({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
    const file = path.join(folder, 'inventory.sqlite');
    fillEarlierSqlite(file, size, EARLIER_SCHEMA);
    const mysql = await fillLedger(bench.database, size, EARLIER_SCHEMA);
    return [
      await firstStart(bench, 'embedded store', size.records, { SQLITE_FILE: file }),
      await firstStart(bench, 'MySQL', size.records, mysql.environment),
    ];
  },
};

async function firstStart(
  bench: Bench,
  store: string,
  records: number,
  environment: Readonly<Record<string, string>>,
): Promise<Finding> {
  const first = await startService(environment);
  await first.stop();
  const second = await startService(environment);
  await second.stop();
  const seconds = (first.startMs - second.startMs) / 1_000;
  bench.say(`${store}: ${seconds.toFixed(1)} s longer than the second start`);
  return finding(
    {
      what: `the migration of ${records.toLocaleString('en')} records, ${store}`,
      unit: 's',
      figure: 'seconds',
      target: amount('at most', MIGRATION_MAX_S),
      note: 'the first start less the second',
    },
    { name: 'service', rounds: [{ seconds }] },
  );
}

/** As long as an orchestrator waits at most for a first start: the time of the container's start probe. */
const MIGRATION_MAX_S = 120;

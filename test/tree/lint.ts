import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** An import that is tried in a file of app/. */
export interface Probe {
  /** The file, as `http/probe`. It need not exist. */
  importer: string;
  statement: string;
}

/** Those of the probes that the lint refuses. All are tried in one run, in a temporary tree. */
export function refused<P extends Probe>(probes: P[]): Set<P> {
  const tree = mkdtempSync(path.join(tmpdir(), 'probes-'));
  try {
    copyFileSync('biome.json', path.join(tree, 'biome.json'));
    const byLine = write(probes, tree);
    const { stdout, stderr } = spawnSync(
      path.resolve('node_modules/.bin/biome'),
      [
        'lint',
        '--vcs-enabled=false',
        '--only=style/noRestrictedImports',
        '--reporter=github',
        '--max-diagnostics=none',
        'app',
      ],
      { cwd: tree, encoding: 'utf8', maxBuffer: 2 ** 28 },
    );
    const found = [...stdout.matchAll(/noRestrictedImports,file=.*?app\/(.*?)\.ts,line=(\d+)/g)];
    if (found.length === 0) throw new Error(`Biome refused nothing. ${stderr}`);
    return new Set(found.map(([, importer, line]) => byLine.get(`${importer}:${line}`) as P));
  } finally {
    rmSync(tree, { recursive: true });
  }
}

/** Writes each importer with all its probes, a line each. Returns them by `importer:line`. */
function write<P extends Probe>(probes: P[], tree: string): Map<string, P> {
  const byLine = new Map<string, P>();
  const sources = new Map<string, string[]>();
  for (const probe of probes) {
    const lines = sources.get(probe.importer) ?? [];
    sources.set(probe.importer, lines);
    byLine.set(`${probe.importer}:${lines.push(probe.statement)}`, probe);
  }
  for (const [importer, lines] of sources) {
    const file = path.join(tree, 'app', `${importer}.ts`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, lines.join('\n'));
  }
  return byLine;
}

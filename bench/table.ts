import type { Figure, Finding } from './row';
import type { Spread } from './stats';

const HEAD = ['what', 'service', 'reference', 'ratio', 'must be', 'reached', 'note'];

/** The findings as a table in Markdown, its columns aligned. */
export function table(findings: readonly Finding[]): string {
  const lines = [HEAD, ...findings.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => width(line[column]))));
  const rule = widths.map((size) => '-'.repeat(size));
  return [HEAD, rule, ...lines.slice(1)]
    .map((line) => `| ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`)
    .join('\n');
}

function cells(finding: Finding): string[] {
  const { what, unit, service, reference, ratio, reached, note = '' } = finding;
  return [
    what,
    `${inWords(service)} ${unit}`,
    reference ? `${reference.name} ${inWords(reference)}` : '',
    ratio ? inWords(ratio) : '',
    targetOf(finding),
    reached ? 'yes' : 'NO',
    [note, cpuOf(service), reference ? cpuOf(reference) : ''].filter(Boolean).join('; '),
  ];
}

function targetOf({ target: { bound, value, of }, unit, reference }: Finding): string {
  const sign = bound === 'at least' ? '≥' : '≤';
  const whole = value.toLocaleString('en');
  return of === 'ratio' ? `${sign} ${whole} × ${reference?.name}` : `${sign} ${whole} ${unit}`;
}

/** The median, and the least and greatest if the rounds differ. */
function inWords({ median, min, max }: Spread): string {
  const ends = min === max ? '' : ` (${short(min)} to ${short(max)})`;
  return `${short(median)}${ends}`;
}

/** The CPU time of an answer, if it was measured. */
function cpuOf({ name, rounds }: Figure): string {
  const costs = rounds.flatMap(({ cpuMsEach }) => (cpuMsEach === undefined ? [] : [cpuMsEach]));
  const sum = costs.reduce((total, cost) => total + cost, 0);
  return costs.length === 0 ? '' : `${name} ${short(sum / costs.length)} ms of CPU each`;
}

function short(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

function width(cell: string | undefined): number {
  return cell?.length ?? 0;
}

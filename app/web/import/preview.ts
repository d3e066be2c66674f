import type { LineFault } from '../../client/answers';

/** What of a file is shown beside the dry run. */
export interface Preview {
  /** Its first lines. */
  readonly head: string;
  /** The faulty lines, by number; the header is 1. */
  readonly lines: ReadonlyMap<number, string>;
}

const HEAD_LINES = 8;
const LINE_MAX = 200;

/** Reads the lines of a file that are worth showing. */
export async function readPreview(
  file: File,
  { faults }: { readonly faults: readonly LineFault[] },
): Promise<Preview> {
  const lines = (await file.text()).split(/\r\n|\n|\r/);
  const shown = (line: string | undefined) => (line ?? '').slice(0, LINE_MAX);
  return {
    head: lines.slice(0, HEAD_LINES).map(shown).join('\n'),
    lines: new Map(faults.map(({ line }) => [line, shown(lines[line - 1])])),
  };
}

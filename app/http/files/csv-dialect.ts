/** The delimiters that may separate the cells of a line. */
const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How a file writes its lines. */
export interface CsvDialect {
  readonly delimiter: Delimiter;
  /** Bytes before the first line: a byte order mark, and a line such as `sep=;`. */
  readonly begin: number;
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The line that tells Excel the delimiter. Excel does not count it as a row. Some programs write a tab as `\t` there, and
 * a spreadsheet that saves the file again fills the line up with delimiters.
 */
const SEP_LINE = /^"?sep=([,;\t|]|\\t)"?[,;\t|]*(\r\n|\n|\r|$)/i;

/** Finds out how a file writes its lines. Its delimiter is the one most frequent in the first line that is not empty. */
export function csvDialectOf(head: Buffer): CsvDialect {
  const mark = isMarked(head) ? BYTE_ORDER_MARK.length : 0;
  const text = head.subarray(mark).toString('latin1');
  const [sep, named] = SEP_LINE.exec(text) ?? [];
  if (sep !== undefined)
    return { delimiter: named === '\\t' ? '\t' : (named as Delimiter), begin: mark + sep.length };
  const [line = ''] = /[^\r\n]+/.exec(text) ?? [];
  const bare = line.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => bare.split(delimiter).length;
  const delimiter = DELIMITERS.reduce((most, each) => (count(each) > count(most) ? each : most));
  return { delimiter, begin: mark };
}

/** Whether a file begins with the byte order mark of UTF-8. */
export function isMarked(head: Buffer): boolean {
  return head.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
}

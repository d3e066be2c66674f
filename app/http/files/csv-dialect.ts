/** What may be between the cells of a line. */
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
 * The line by which a file tells Excel its delimiter, which Excel counts as no row. Programs write a tab as `\t` there,
 * and a spreadsheet that saves the file again fills the line up with delimiters.
 */
const SEP_LINE = /^"?sep=([,;\t|]|\\t)"?[,;\t|]*(\r\n|\n|\r|$)/i;

/** How a file writes its lines, by its first one that says something: the delimiter that is there most often. */
export function csvDialectOf(head: Buffer): CsvDialect {
  const mark = isMarked(head) ? BYTE_ORDER_MARK.length : 0;
  const text = head.subarray(mark).toString('latin1');
  const [sep, told] = SEP_LINE.exec(text) ?? [];
  if (sep !== undefined)
    return { delimiter: told === '\\t' ? '\t' : (told as Delimiter), begin: mark + sep.length };
  const [line = ''] = /[^\r\n]+/.exec(text) ?? [];
  const bare = line.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => bare.split(delimiter).length;
  const delimiter = DELIMITERS.reduce((most, each) => (count(each) > count(most) ? each : most));
  return { delimiter, begin: mark };
}

/** Whether a file says by its byte order mark that it is in UTF-8. */
export function isMarked(head: Buffer): boolean {
  return head.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
}

import { readCsv } from './read-csv';
import { readXlsx } from './read-xlsx';
import type { ReadRows, RowTaker } from './row';

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

const OLD_WORKBOOK =
  'cannot be read: the file is an old .xls workbook, or one with a password; save it as .xlsx without a password, or as CSV';

/** Reads the rows of a file, which its first bytes tell the kind of. @throws what `source` throws */
export async function readRows(source: AsyncIterator<Buffer>, taker: RowTaker): Promise<ReadRows> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < ZIP.length) {
    const { done, value } = await source.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const whole = async function* () {
    yield head;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  };
  const kind = head.subarray(0, ZIP.length);
  if (kind.equals(ZIP)) return readXlsx(whole(), taker);
  if (!kind.equals(OLE)) return readCsv(whole(), taker);
  for await (const _ of whole());
  return { broken: { line: 1, detail: OLD_WORKBOOK }, notes: [] };
}

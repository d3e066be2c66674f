import { KIND_BYTES, strangeFault } from './file-kind';
import { readCsv } from './read-csv';
import { readXlsx } from './read-xlsx';
import type { ReadRows, RowTaker } from './row';

const ZIP = Buffer.from('PK');

/** Reads the rows of a file. Its first bytes show its kind. @throws what `source` throws */
export async function readRows(source: AsyncIterator<Buffer>, taker: RowTaker): Promise<ReadRows> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < KIND_BYTES) {
    const { done, value } = await source.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const whole = async function* () {
    yield head;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  };
  if (isArchive(head)) return readXlsx(whole(), taker);
  const detail = strangeFault(head.subarray(0, KIND_BYTES));
  if (detail === undefined) return readCsv(whole(), taker);
  for await (const _ of whole());
  return { broken: { line: 1, detail }, notes: [] };
}

/** Whether it is a zip archive, even an empty one. No column has such a name. */
function isArchive(head: Buffer): boolean {
  return head.subarray(0, 2).equals(ZIP) && (head[2] as number) <= 8 && (head[3] as number) <= 8;
}

import { utf16Order } from './encoding';

/** Bytes of a file that tell its kind. */
export const KIND_BYTES = 512;

/** What files begin with, and what they are. */
const SIGNATURES: readonly [signature: RegExp, kind: string][] = [
  [/^%PDF/, 'a PDF'],
  [
    /^\x89PNG|^\xff\xd8\xff|^GIF8|^RIFF.{4}WEBP|^\0\0.{2}ftyp|^II\*\0|^MM\0\*/s,
    'a picture or a film',
  ],
  [/^[^\w"]\x8b|^7z\xbc\xaf|^Rar!|^BZh[1-9]|^\xfd7zXZ/s, 'an archive'],
  [/^\{\\rtf/, 'a text document (RTF)'],
  [/^SQLite format 3\0/, 'a database (SQLite)'],
  [/^PAR1/, 'a Parquet file'],
  [/^\x7fELF|^MZ\x90/, 'a program'],
];

/** What text begins with, behind its byte order mark. A table of words in brackets, such as `[sku],[name]`, is none of these. */
const TEXTS: readonly [beginning: RegExp, kind: string][] = [
  [/^\s*(?:\{\s*["}]|\[\s*(?:[{"[\]]|-?[0-9]))/, 'JSON'],
  [/^\s*<\?xml/i, 'XML'],
  [/^\s*<(?:!doctype|!--|html|head|body|table|meta)/i, 'a web page (HTML), whatever its name says'],
  [/^\s*<[a-z]+[\s>/]/i, 'XML'],
];

const OLD_WORKBOOK =
  'the file is an old .xls workbook, or one with a password; save it as .xlsx without a password, or as CSV';

const TAKEN = 'not a table; save the list as CSV or as an .xlsx workbook, and send that';

/**
 * Why a file cannot be a table, told by its beginning; undefined where it may be CSV, or is a zip archive, which is told by
 * what is in it: `archiveFault`.
 */
export function strangeFault(head: Buffer): string | undefined {
  const bytes = head.toString('latin1');
  if (bytes.startsWith('\xd0\xcf\x11\xe0')) return `cannot be read: ${OLD_WORKBOOK}`;
  const order = utf16Order(head);
  const even = head.subarray(0, head.length - (head.length % 2));
  const text = order === undefined ? head.toString() : decoded(even, order);
  const kind =
    kindOf(bytes, SIGNATURES) ??
    kindOf(text.replace(/^\ufeff/, ''), TEXTS) ??
    // No text has a NUL.
    (text.includes('\0') ? 'binary' : undefined);
  return kind === undefined ? undefined : fault(kind);
}

/** Parts of archives that are no .xlsx workbooks, and what they are. */
const ARCHIVES: readonly [part: string, kind: string][] = [
  ['word/document.xml', 'a text document (.docx)'],
  ['ppt/presentation.xml', 'a presentation (.pptx)'],
  ['xl/workbook.bin', 'an .xlsb workbook'],
  ['opendocument.spreadsheet', 'an .ods workbook'],
  ['opendocument.', 'an OpenDocument file'],
  ['Index/Document.iwa', 'a document of Numbers, Pages or Keynote'],
];

/** Why a zip archive without the parts of a workbook cannot be read. The names in it are not packed. */
export function archiveFault(archive: Buffer): string {
  const [, kind = 'a zip archive and no .xlsx workbook'] =
    ARCHIVES.find(([part]) => archive.includes(part)) ?? [];
  return fault(kind);
}

function fault(kind: string): string {
  return `cannot be read: the file is ${kind}, ${TAKEN}`;
}

function kindOf(text: string, kinds: readonly [RegExp, string][]): string | undefined {
  return kinds.find(([beginning]) => beginning.test(text))?.[1];
}

function decoded(bytes: Buffer, order: 'le' | 'be'): string {
  return (order === 'be' ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');
}

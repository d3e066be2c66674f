import { utf16Order } from './encoding';

/** Bytes at the beginning of a file that show its kind. */
export const KIND_BYTES = 512;

/** The first bytes of kinds of files. */
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

/** How kinds of text begin, after the byte order mark. A table of words in brackets, such as `[sku],[name]`, is none of these. */
const TEXTS: readonly [beginning: RegExp, kind: string][] = [
  [/^\s*(?:\{\s*["}]|\[\s*(?:[{"[\]]|-?[0-9]))/, 'JSON'],
  [/^\s*<\?xml/i, 'XML'],
  [
    /^\s*<(?:!doctype|!--|html|head|body|table|meta)/i,
    'a web page (HTML), even if its name says otherwise',
  ],
  [/^\s*<[a-z]+[\s>/]/i, 'XML'],
];

const OLD_WORKBOOK =
  'the file is an old .xls workbook, or one with a password; save it as .xlsx without a password, or as CSV';

const ACCEPTED = 'not a table; save the list as CSV or as an .xlsx workbook, and send that';

/**
 * Why a file cannot be a table, judged by its beginning; undefined if it may be CSV. Not for zip archives, which are judged
 * by their contents: `archiveFault`.
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

/** Names within archives that are no .xlsx workbooks, and the kind of file they show. */
const ARCHIVES: readonly [part: string, kind: string][] = [
  ['word/document.xml', 'a text document (.docx)'],
  ['ppt/presentation.xml', 'a presentation (.pptx)'],
  ['xl/workbook.bin', 'an .xlsb workbook'],
  ['opendocument.spreadsheet', 'an .ods workbook'],
  ['opendocument.', 'an OpenDocument file'],
  ['Index/Document.iwa', 'a document of Numbers, Pages or Keynote'],
];

/** Why a zip archive that is no workbook cannot be read. The names in an archive are not compressed. */
export function archiveFault(archive: Buffer): string {
  const [, kind = 'a zip archive and no .xlsx workbook'] =
    ARCHIVES.find(([part]) => archive.includes(part)) ?? [];
  return fault(kind);
}

function fault(kind: string): string {
  return `cannot be read: the file is ${kind}, ${ACCEPTED}`;
}

function kindOf(text: string, kinds: readonly [RegExp, string][]): string | undefined {
  return kinds.find(([beginning]) => beginning.test(text))?.[1];
}

function decoded(bytes: Buffer, order: 'le' | 'be'): string {
  return (order === 'be' ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');
}

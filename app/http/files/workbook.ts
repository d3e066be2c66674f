import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { Unreadable } from './encoding';
import { archiveFault } from './file-kind';
import { type Unpacked, unzipped } from './unzipped';

/** Characters of the shared texts, which are held in memory. A file of 100,000 lines has a few million of them. */
const SHARED_TEXT_MAX = 16_777_216;

/** The longest text. Excel's longest has 32,767 characters. */
const TEXT_MAX_BYTES = 262_144;

/** What to do at the tags of an XML document. Names come without a prefix. */
export interface Tags {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
  /** Whether to read no further. */
  isDone?(): boolean;
}

/** Parses an XML document of a workbook while it is unpacked. @throws Unreadable */
export async function readXml(
  archive: Buffer,
  name: string,
  unpacked: Unpacked,
  tags: Tags,
): Promise<void> {
  const parser = new SaxesParser();
  parser.on('error', () => {
    throw new Unreadable('cannot be read: the workbook is damaged');
  });
  /** Bytes since the last tag, which the parser holds. */
  let kept = 0;
  parser.on('opentag', ({ name, attributes }) => {
    kept = 0;
    tags.open?.(bare(name), attributes);
  });
  parser.on('text', (text) => tags.text?.(text));
  parser.on('closetag', ({ name }) => {
    kept = 0;
    tags.close?.(bare(name));
  });
  const decoder = new StringDecoder('utf8');
  let isThere = false;
  for await (const part of unzipped(archive, name, unpacked)) {
    isThere = true;
    kept += part.length;
    if (kept > TEXT_MAX_BYTES)
      throw new Unreadable(`has a cell of more than ${TEXT_MAX_BYTES} bytes`);
    parser.write(decoder.write(part));
    if (tags.isDone?.()) return;
  }
  // If the document is cut off, some tags are not closed, and this throws.
  if (isThere) parser.close();
}

function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** What is needed of a workbook to read its first sheet. */
export interface Workbook {
  /** The archive's file with the sheet, such as `xl/worksheets/sheet1.xml`. */
  readonly sheet: string;
  readonly sheetName: string;
  readonly sheetCount: number;
  readonly sharedTexts: readonly string[];
  /** For each style, whether it shows a number as a date. */
  readonly dateStyles: readonly boolean[];
  /** Whether days are counted from 1904, as old Macs did. */
  readonly isFrom1904: boolean;
}

/** Reads a workbook without its sheets. @throws Unreadable */
export async function readWorkbook(archive: Buffer, unpacked: Unpacked): Promise<Workbook> {
  const sheets: { id: string; name: string; isHidden: boolean }[] = [];
  let isFrom1904 = false;
  let isWorkbook = false;
  await readXml(archive, 'xl/workbook.xml', unpacked, {
    open: (name, attributes) => {
      isWorkbook ||= name === 'workbook';
      if (name === 'workbookPr') isFrom1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => bare(key) === 'id')?.[1] ?? '';
      const isHidden = (attributes.state ?? 'visible') !== 'visible';
      sheets.push({ id, name: attributes.name ?? '', isHidden });
    },
  });
  const shown = sheets.filter(({ isHidden }) => !isHidden);
  const [first] = shown;
  if (!isWorkbook) throw new Unreadable(archiveFault(archive));
  if (!first) throw new Unreadable('cannot be read: the workbook has no visible sheet');
  let target = '';
  await readXml(archive, 'xl/_rels/workbook.xml.rels', unpacked, {
    open: (name, attributes) => {
      if (name === 'Relationship' && attributes.Id === first.id) target = attributes.Target ?? '';
    },
  });
  return {
    sheet: target.startsWith('/') ? target.slice(1) : `xl/${target}`,
    sheetName: first.name,
    sheetCount: shown.length,
    sharedTexts: await readSharedTexts(archive, unpacked),
    dateStyles: await readDateStyles(archive, unpacked),
    isFrom1904,
  };
}

async function readSharedTexts(archive: Buffer, unpacked: Unpacked): Promise<string[]> {
  const texts: string[] = [];
  let size = 0;
  let current = '';
  let isText = false;
  let isPhonetic = false;
  await readXml(archive, 'xl/sharedStrings.xml', unpacked, {
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 'rPh') isPhonetic = true;
      isText = name === 't' && !isPhonetic;
    },
    text: (text) => {
      if (isText) current += text;
    },
    close: (name) => {
      isText = false;
      if (name === 'rPh') isPhonetic = false;
      if (name !== 'si') return;
      texts.push(current);
      // Each text takes some memory, even a short one.
      size += current.length + 8;
      if (size > SHARED_TEXT_MAX)
        throw new Unreadable('cannot be read: the workbook has too much text');
    },
  });
  return texts;
}

/** The numbers of Excel's own date formats (ECMA-376, part 1, section 18.8.30). */
function isDateFormat(id: number): boolean {
  return (
    (id >= 14 && id <= 22) ||
    (id >= 27 && id <= 36) ||
    (id >= 45 && id <= 58 && id !== 49 && id !== 48)
  );
}

async function readDateStyles(archive: Buffer, unpacked: Unpacked): Promise<boolean[]> {
  const own = new Map<number, boolean>();
  const styles: boolean[] = [];
  let isCell = false;
  await readXml(archive, 'xl/styles.xml', unpacked, {
    open: (name, attributes) => {
      if (name === 'cellXfs') isCell = true;
      const id = Number(attributes.numFmtId);
      if (name === 'numFmt') {
        const code = (attributes.formatCode ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
        own.set(id, /[dmyhs]/i.test(code) && !/general/i.test(code));
      }
      if (name === 'xf' && isCell) styles.push(own.get(id) ?? isDateFormat(id));
    },
    close: (name) => {
      if (name === 'cellXfs') isCell = false;
    },
  });
  return styles;
}

import { strToU8, type Zippable, zipSync } from 'fflate';

/** A cell as XML has it, such as `<c r="A1"><v>1</v></c>`; a number; or text, which is shared with other cells. */
export type SheetCell = string | number | { readonly xml: string };

/** An .xlsx workbook of one sheet, with text, dates (style 1) and numbers as spreadsheets write them. */
export function workbook(
  rows: readonly (readonly SheetCell[])[],
  others: Readonly<Record<string, string>> = {},
): Buffer {
  const texts: string[] = [];
  const cellXml = (cell: SheetCell, reference: string) => {
    if (typeof cell === 'object') return cell.xml.replace('<c', `<c r="${reference}"`);
    if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
    if (cell === '') return '';
    texts.push(cell);
    return `<c r="${reference}" t="s"><v>${texts.length - 1}</v></c>`;
  };
  const rowXml = (cells: readonly SheetCell[], index: number) =>
    cells.length === 0
      ? ''
      : `<row r="${index + 1}">${cells.map((cell, column) => cellXml(cell, `${String.fromCharCode(65 + column)}${index + 1}`)).join('')}</row>`;
  const sheet = `<worksheet><sheetData>${rows.map(rowXml).join('')}</sheetData></worksheet>`;
  const parts: Record<string, string> = {
    'xl/workbook.xml':
      '<workbook><sheets><sheet name="Hidden" state="hidden" r:id="rId9"/><sheet name="Count" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/styles.xml':
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': sheet,
    'xl/sharedStrings.xml': `<sst>${texts.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
    ...others,
  };
  const zippable: Zippable = Object.fromEntries(
    Object.entries(parts).map(([name, text]) => [name, strToU8(text)]),
  );
  return Buffer.from(zipSync(zippable));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** What a spreadsheet puts between thousands, besides comma and point: spaces of any width, and the Swiss apostrophe. */
const GROUPS = /(?<=[0-9])[\s'’](?=[0-9]{3}(?![0-9]))/g;

/** A currency before or after an amount. */
const CURRENCY = /^\p{Sc}\s*|\s*\p{Sc}$/gu;

/** One group of thousands, or three decimals: nobody can tell. */
const AMBIGUOUS = /^[1-9][0-9]{0,2}[.,][0-9]{3}$/;

/** Two groups of thousands or more, by the same sign. */
const THOUSANDS = /^[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}|(?:,[0-9]{3}){2,})$/;

/** Thousands by one sign and decimals by the other: `1.234,50`. */
const BOTH =
  /^([1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]+)$|^([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]+)$/;

/** The number of a cell in the plain form of the API, or the fault. */
export type PlainNumber = { readonly plain: string } | { readonly fault: string };

/** Units: `5`, and what a spreadsheet makes of it, such as `5,0`, `5.00`, `1 234` or `1.234.567`. */
export function plainUnits(cell: string): PlainNumber {
  const text = cell.trim().replace(GROUPS, '');
  if (AMBIGUOUS.test(text)) return { fault: ambiguous(text) };
  if (THOUSANDS.test(text)) return { plain: text.replace(/[.,]/g, '') };
  return { plain: text.replace(/^([0-9]+)[.,]0{1,2}$/, '$1') };
}

/**
 * Money: `18.90`, `18,90`, `1.234,50`, `€ 18.90`. Text that is no number stays as it is: the field itself refuses it.
 *
 * @param hasDecimalPoint whether `1.234` can only be a little more than one
 */
export function plainMoney(cell: string, hasDecimalPoint: boolean): PlainNumber {
  const text = cell.trim().replace(CURRENCY, '').replace(GROUPS, '');
  if (AMBIGUOUS.test(text) && !(hasDecimalPoint && text.includes('.'))) {
    return { fault: ambiguous(text) };
  }
  if (THOUSANDS.test(text)) return { plain: text.replace(/[.,]/g, '') };
  const [, units = '', decimals = '', unitsToo = '', decimalsToo = ''] = BOTH.exec(text) ?? [];
  const whole = `${units}${unitsToo}`.replace(/[.,]/g, '');
  if (whole !== '') return { plain: `${whole}.${decimals}${decimalsToo}` };
  return { plain: text.replace(/^([0-9]+),([0-9]+)$/, '$1.$2') };
}

function ambiguous(text: string): string {
  const digits = text.replace(/[.,]/, '');
  const decimals = `${text.replace(',', '.')}0`;
  return `${text} may be ${digits} or a little more than ${text.split(/[.,]/)[0]}: write ${digits}, or ${decimals}`;
}

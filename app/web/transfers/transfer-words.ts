import { units } from '../ui/format';

/** Goods in a few words: "3 × Hand Grinder", "3 × Hand Grinder and 2 other products". */
export function goodsInWords(
  lines: readonly { readonly title: string; readonly quantity: number }[],
): string {
  const [first, ...others] = lines;
  if (!first) return 'nothing';
  const more = others.length === 1 ? 'another product' : `${units(others.length)} other products`;
  return `${units(first.quantity)} × ${first.title}${others.length > 0 ? ` and ${more}` : ''}`;
}

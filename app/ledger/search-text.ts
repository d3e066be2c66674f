import { foldedCode } from './code';

/**
 * The form of text that searches compare, on the page and in `GET /products?q=`: without case, accents and invisible
 * characters. So "cafe" finds "Café", "strasse" finds "Straße", and full-width digits are digits.
 *
 * Fold both texts, then compare them as they are.
 */
export function searchText(text: string): string {
  // A short cut for most names.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  return (
    text
      // Decomposed, so that accents are marks of their own.
      .normalize('NFKD')
      .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '')
      // By way of capitals, since those of "ß" are "SS"; and of small letters before that, since "ẞ" is a capital itself.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      // The form of sigma at the end of a word, which is not the end when only the beginning is searched for.
      .replaceAll('ς', 'σ')
  );
}

/**
 * What a search finds, on the page and in `GET /products?q=`: products with every word somewhere in their text, with a code
 * that begins as the search does, or with exactly this code by the rule for codes.
 *
 * @returns whether a product is found, by its text in the form of `searchText` and its codes
 */
export function finder(
  search: string,
): (text: string, ...codes: readonly (string | null)[]) => boolean {
  const wanted = searchText(search);
  const words = wanted.split(/\s+/);
  const wantedCode = foldedCode(search);
  const isCode = (code: string | null) =>
    code !== null && (searchText(code).startsWith(wanted) || foldedCode(code) === wantedCode);
  return (text, ...codes) => words.every((word) => text.includes(word)) || codes.some(isCode);
}

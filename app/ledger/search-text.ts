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

/** The ways in which a search finds a product, on the page and in `GET /products?q=`. */
export interface Finder {
  /** Whether a text has every word of the search. The text is in the form of `searchText`. */
  isIn(text: string): boolean;
  /** Whether a code begins as the search does. */
  begins(code: string | null): boolean;
  /** Whether it is exactly this code, by the rule for codes. */
  isCode(code: string | null): boolean;
}

export function finder(search: string): Finder {
  const wanted = searchText(search);
  const words = wanted.split(/\s+/);
  const wantedCode = foldedCode(search);
  return {
    isIn: (text) => words.every((word) => text.includes(word)),
    begins: (code) => code !== null && searchText(code).startsWith(wanted),
    isCode: (code) => code !== null && foldedCode(code) === wantedCode,
  };
}

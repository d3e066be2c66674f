/**
 * Text as searches compare it, on the page and in `GET /products?q=`: without case, without accents, and without what
 * cannot be seen, so that "cafe" finds "Café", "strasse" finds "Straße", and full-width digits are digits.
 *
 * Both the text that is searched and what is looked for are to be folded; then plain comparison does.
 */
export function searchText(text: string): string {
  // Most names are plain, and a catalogue has many.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  return (
    text
      // Apart from their letters, accents are marks by themselves.
      .normalize('NFKD')
      .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '')
      // By way of capitals, since "ß" has those of "ss"; and of small letters, since "ẞ" has them only so.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      // A last letter of Greek words, which is not the last where a word is searched by its beginning.
      .replaceAll('ς', 'σ')
  );
}

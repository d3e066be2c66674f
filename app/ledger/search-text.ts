/**
 * Text as searches compare it, on the page and in `GET /products?q=`: without case, without accents, and without what
 * cannot be seen, so that "cafe" finds "Café", "strasse" finds "Straße", and full-width digits are digits.
 *
 * Both the text that is searched and what is looked for are to be folded; then plain comparison does.
 */
export function searchText(text: string): string {
  // Most names are plain, and a catalogue has many.
  if (/^[ -~]*$/.test(text)) return text.toUpperCase();
  return (
    text
      // Apart from their letters, accents are marks by themselves.
      .normalize('NFKD')
      .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '')
      // Small letters first: "ẞ" has the capitals "SS" only by way of "ß".
      .toLowerCase()
      .toUpperCase()
  );
}

/**
 * A text with Unicode's full default case folding (the mappings C and F of CaseFolding.txt), the same in every language: `Straße` and
 * `STRASSE` become `strasse`. https://www.unicode.org/versions/Unicode17.0.0/core-spec/chapter-3/#G33992 (section 3.13)
 */
export function toCasefold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.replace(FOLDED_BY_LETTERS, foldedByLetters).replace(SMALL_CHEROKEE, (letters) => letters.toUpperCase());
}

const ASCII = /^[\0-\x7f]*$/;
// Cherokee folds to its capitals, and dotless i to nothing else: both are left as they are.
const FOLDED_BY_LETTERS = /[^\u0131\u13a0-\u13f5\u13f8-\u13fd\uab70-\uabbf]+/g;
const SMALL_CHEROKEE = /[\u13f8-\u13fd\uab70-\uabbf]+/g;

/** Lower case first, since capital sharp s has no other capital. A sigma at the end of a word is a sigma. */
function foldedByLetters(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}

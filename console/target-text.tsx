import type { JSX } from 'preact';

/**
 * What prints nothing, or makes other text read as what it is not: controls, directions, fillers, byte order marks. Variation selectors are
 * how emoji are written, and so are joiners behind an emoji, or behind a letter of a script that needs them.
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const UNSEEN =
  /(?<![\p{Lo}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]|[[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]--[\t\n\r\u200c\u200d\p{Variation_Selector}]]/gv;

/** So many are marked one by one; a text of them alone stays text. */
const MOST_MARKED = 2000;

/** A character that does not print, as programs write it; signs of Unicode's own for controls are in few fonts. */
export function sign(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** A text of a target where there is no markup, as in a `title`: with what does not print written out. */
export const plainly = (text: string): string => text.replace(UNSEEN, sign);

/** The same as JSON and its kin write it within a string: what is copied means what it did. */
export const escaped = (text: string): string => text.replace(UNSEEN, (character) => Array.from(character, escapedUnits).join(''));

const escapedUnits = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');

/** A URL as it is typed, or stands in an address, in which what does not print is written as the URL parser would; controls, which are refused, stay. https://url.spec.whatwg.org/#utf-8-percent-encode */
export const percentEncoded = (url: string): string =>
  url.replace(UNSEEN, (character) => (/\p{Cc}/u.test(character) ? character : encodeURIComponent(character)));

/** A text of a target, with what does not print as signs of its own. */
export function marked(text: string): (string | JSX.Element)[] {
  const pieces: (string | JSX.Element)[] = [];
  let at = 0;
  for (const { 0: character, index } of text.matchAll(UNSEEN)) {
    if (pieces.length >= 2 * MOST_MARKED) break;
    pieces.push(
      text.slice(at, index),
      <span key={index} class="unseen" title={`U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? ''}`}>
        {sign(character)}
      </span>,
    );
    at = index + character.length;
  }
  return [...pieces, at === 0 ? text : plainly(text.slice(at))];
}

/** A text of a target beside others: its direction is its own, and what does not print is shown. */
export function TargetText({ text }: { text: string }): JSX.Element {
  return <bdi>{marked(text)}</bdi>;
}

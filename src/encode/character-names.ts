import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** Written by scripts/unicode-names.mjs: Unicode 17.0, one line a name or a run of names, ordered by code point. */
const NAMES_FILE = new URL('../../assets/unicode-names.br', import.meta.url);

const LINE_FEED = 0x0a;
const FULL_STOP = 0x2e;

/** The decompressed lines, 1.1 MB: read at the first question, searched as they are. */
let lines: Buffer | undefined;

/**
 * The name of a code point: `LATIN CAPITAL LETTER H`. Control characters are called by their first alias (`LINE FEED`).
 * What has no name gets a label in angle brackets: `<private-use-E000>`, `<surrogate-D800>`, `<noncharacter-FFFE>`,
 * `<reserved-0378>`, `<control-0080>`.
 *
 * https://www.unicode.org/versions/Unicode17.0.0/core-spec/chapter-4/#G2082 (section 4.8)
 *
 * @param codePoint - 0 to 0x10FFFF
 */
export function characterName(codePoint: number): string {
  lines ??= brotliDecompressSync(readFileSync(NAMES_FILE));
  // First and last offset of the part in which the line may begin.
  let low = 0;
  let high = lines.length;
  while (low < high) {
    let start = Math.floor((low + high) / 2);
    while (start > 0 && lines[start - 1] !== LINE_FEED) start -= 1;
    const [first, behindFirst] = hexadecimalAt(lines, start);
    const [last, behindLast] = lines[behindFirst] === FULL_STOP ? hexadecimalAt(lines, behindFirst + 2) : [first, behindFirst];
    let end = behindLast;
    while (lines[end] !== LINE_FEED) end += 1;
    if (codePoint < first) high = start;
    else if (codePoint > last) low = end + 1;
    else return ruled(lines.toString('latin1', behindLast + 1, end), codePoint);
  }
  return label(codePoint);
}

/** The upper-case hexadecimal number that begins at `start`, and the offset behind it. */
function hexadecimalAt(bytes: Uint8Array, start: number): [value: number, behind: number] {
  let value = 0;
  for (let at = start; ; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x30 && byte <= 0x39) value = value * 16 + byte - 0x30;
    else if (byte >= 0x41 && byte <= 0x46) value = value * 16 + byte - 0x37;
    else return [value, at];
  }
}

/** Fills in what a rule makes of a name. */
function ruled(name: string, codePoint: number): string {
  if (!name.endsWith('*')) return name;
  return name.slice(0, -1) + (name.startsWith('HANGUL SYLLABLE') ? hangulSyllable(codePoint) : hex(codePoint));
}

const LEADS = ['G', 'GG', 'N', 'D', 'DD', 'R', 'M', 'B', 'BB', 'S', 'SS', '', 'J', 'JJ', 'C', 'K', 'T', 'P', 'H'];
const VOWELS = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const TAILS = ' G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'.split(' ');

/** https://www.unicode.org/versions/Unicode17.0.0/core-spec/chapter-3/#G59434 (section 3.12) */
function hangulSyllable(codePoint: number): string {
  const index = codePoint - 0xac00;
  const lead = LEADS[Math.floor(index / (VOWELS.length * TAILS.length))] ?? '';
  const vowel = VOWELS[Math.floor(index / TAILS.length) % VOWELS.length] ?? '';
  return lead + vowel + (TAILS[index % TAILS.length] ?? '');
}

function label(codePoint: number): string {
  return `<${kindOf(codePoint)}-${hex(codePoint)}>`;
}

function kindOf(codePoint: number): string {
  const character = String.fromCodePoint(codePoint);
  if (/\p{Cc}/u.test(character)) return 'control';
  if (/\p{Cs}/u.test(character)) return 'surrogate';
  if (/\p{Co}/u.test(character)) return 'private-use';
  return /\p{Noncharacter_Code_Point}/u.test(character) ? 'noncharacter' : 'reserved';
}

function hex(codePoint: number): string {
  return codePoint.toString(16).toUpperCase().padStart(4, '0');
}

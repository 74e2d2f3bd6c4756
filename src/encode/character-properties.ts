import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** Written by scripts/unicode-properties.mjs: Unicode 17.0, one line a run of code points with equal properties. */
const PROPERTIES_FILE = new URL('../../assets/unicode-properties.br', import.meta.url);

/** What the Unicode Character Database says of a code point, in the aliases of its PropertyValueAliases.txt. */
export interface CharacterProperties {
  /** General_Category, the short alias: `Lu`. */
  category: string;
  /** Script: `Latin`; `Common`, `Inherited`, `Unknown`. */
  script: string;
  /** Block: `Basic_Latin`; `No_Block`. */
  block: string;
}

interface Runs {
  /** The first code point of each run, ascending from 0. */
  starts: Uint32Array;
  properties: CharacterProperties[];
}

/** Read at the first question. */
let runs: Runs | undefined;

function readRuns(): Runs {
  const lines = brotliDecompressSync(readFileSync(PROPERTIES_FILE)).toString('latin1').trimEnd().split('\n');
  const starts = new Uint32Array(lines.length);
  const properties = lines.map((line, index) => {
    const [start = '', category = '', script = '', block = ''] = line.split(';');
    starts[index] = Number.parseInt(start, 16);
    return { category, script, block };
  });
  return { starts, properties };
}

const UNKNOWN: CharacterProperties = { category: 'Cn', script: 'Unknown', block: 'No_Block' };

/**
 * The general category, the script and the block of a code point.
 *
 * https://www.unicode.org/reports/tr44/#Properties
 *
 * @param codePoint - 0 to 0x10FFFF
 */
export function characterProperties(codePoint: number): CharacterProperties {
  const { starts, properties } = (runs ??= readRuns());
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= codePoint) low = middle;
    else high = middle - 1;
  }
  return properties[low] ?? UNKNOWN;
}

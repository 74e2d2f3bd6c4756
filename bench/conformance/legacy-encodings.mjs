import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { byteSequences } from '../../src/encode/byte-sequences.ts';
import { decodeText, determineEncoding } from '../../src/encode/character-encoding.ts';
import { encode, toHex } from '../../src/encode/utf.ts';
import { tally } from './tally.mjs';

const ALL = { limit: Infinity, offset: 0 };

/** Each character with its bytes: the bytes through the decoder, and the character through the encoder. */
export function legacyCharacters(path) {
  const page = readFileSync(path);
  const { name: encoding } = determineEncoding(page, { syntax: 'html' });
  const results = tally();
  for (const [, codePoints, digits] of page.toString('latin1').matchAll(/data-cp="([^"]+)" data-bytes="([^"]+)"/g)) {
    const character = String.fromCodePoint(...codePoints.split(' ').map((codePoint) => Number.parseInt(codePoint, 16)));
    const bytes = Buffer.from(digits.replaceAll(' ', ''), 'hex');
    const name = `${basename(path)} U+${codePoints} ${digits}`;
    const decoded = decodeText(bytes, encoding);
    results.add('characters decoded', decoded.text === character && decoded.replacements === 0, name, () =>
      ENCODED_ONLY.has(character) && toHex(encode(character, encoding).bytes) === toHex(bytes)
        ? `for encoders alone: the standard's encoder writes ${character} so, and its decoder reads ${decoded.text}`
        : null,
    );
    const { bytes: encoded, lossless } = encode(character, encoding);
    if (isDecodedOnly(encoding, bytes)) {
      const isWrittenOtherwise = lossless && !isDecodedOnly(encoding, encoded);
      results.add('byte sequences that the standard only decodes: never written', !lossless || isWrittenOtherwise, name);
    } else results.add('characters encoded', toHex(encoded) === toHex(bytes), name);
    const sequences = byteSequences(bytes, encoding, ALL).sequences.filter(({ text }) => text !== '');
    results.add('characters that /decode shows as one sequence', sequences.length === 1 && sequences[0].text === decoded.text, name);
  }
  return results.done();
}

/** https://encoding.spec.whatwg.org/#index-big5-pointer leaves out Hong Kong's additions, and EUC-JP's encoder JIS X 0212. */
function isDecodedOnly(encoding, bytes) {
  return (encoding === 'Big5' && bytes[0] < 0xa1) || (encoding === 'EUC-JP' && bytes[0] === 0x8f);
}

/** Characters that an encoder writes as the bytes of another: https://encoding.spec.whatwg.org/#shift_jis-encoder and its kin. */
const ENCODED_ONLY = new Set(['\xa5', '\u203e', '\u2212', '\u2225', '\uff5e']);

/** Broken sequences in elements, each of which a decoder must read as U+FFFD, with what ASCII it must read again. */
export function legacyErrors(path) {
  const page = readFileSync(path);
  const { name: encoding } = determineEncoding(page, { syntax: 'html' });
  const results = tally();
  for (const [, broken] of page.toString('latin1').matchAll(/<span[^>]*>([^<]*)<\/span>/g)) {
    const bytes = Buffer.from(broken, 'latin1');
    const { text, replacements } = decodeText(bytes, encoding);
    const shown = byteSequences(bytes, encoding, ALL).sequences;
    const isShown = shown.map((sequence) => sequence.text).join('') === text && shown.filter(({ valid }) => !valid).length === replacements;
    results.add('broken sequences replaced, and shown so by /decode', replacements > 0 && isShown, `${basename(path)} ${toHex(bytes)}`);
  }
  return results.done();
}

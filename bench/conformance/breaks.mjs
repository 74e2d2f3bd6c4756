import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { graphemesOf } from '../../src/encode/code-points.ts';
import { visitWords } from '../../src/wordcount/tokens.ts';
import { tally } from './tally.mjs';

/** Each line a text with ÷ where it may be broken and × where not. */
function casesOf(path) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.split('#')[0].trim())
    .filter((line) => line !== '')
    .map((line) => ({
      line,
      pieces: line
        .split('÷')
        .map((piece) => piece.trim())
        .filter((piece) => piece !== '')
        .map((piece) => String.fromCodePoint(...piece.split('×').map((codePoint) => Number.parseInt(codePoint.trim(), 16)))),
    }));
}

export function graphemeBreaks(path) {
  const results = tally();
  for (const { line, pieces } of casesOf(path)) {
    const found = graphemesOf(pieces.join(''), { offset: 0 }).map(({ text }) => text);
    results.add(basename(path), JSON.stringify(found) === JSON.stringify(pieces), line, () => ofRuntime('grapheme', pieces, found));
  }
  return results.done();
}

/** /wordcount answers words alone: of the pieces of a case, those with a letter, a digit or the like in them. */
export function wordBreaks(path) {
  const results = tally();
  for (const { line, pieces } of casesOf(path)) {
    const found = [];
    visitWords(pieces.join(''), { tokenizer: 'unicode', locale: 'en' }, (word) => found.push(word));
    const isRight =
      found.every((word) => pieces.includes(word)) && pieces.every((piece) => found.includes(piece) || !/[\p{L}\p{Nd}]/u.test(piece));
    results.add(basename(path), isRight, line, () => ofRuntime('word', pieces, found));
  }
  return results.done();
}

function ofRuntime(granularity, pieces, found) {
  const segments = Array.from(new Intl.Segmenter('en', { granularity }).segment(pieces.join('')), ({ segment }) => segment);
  return JSON.stringify(segments) === JSON.stringify(pieces) ? null : `Intl.Segmenter of Node.js finds ${JSON.stringify(found)}`;
}

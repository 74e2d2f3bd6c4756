import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { determineEncoding } from '../../src/encode/character-encoding.ts';
import { getEncoding } from '../../src/encode/labels.ts';
import { tally } from './tally.mjs';

/** `#data` and `#encoding`, as html5lib writes them; the data is bytes. */
export function encodingSniffing(path) {
  const results = tally();
  const cases = readFileSync(path, 'latin1')
    .split(/^#data\n/m)
    .slice(1);
  for (const [index, each] of cases.entries()) {
    const [, data = '', label = ''] = /^(.*?)\n?#encoding\n([^\n]*)/s.exec(each) ?? [];
    const bytes = Buffer.from(data, 'latin1');
    const { name, source } = determineEncoding(bytes, { syntax: 'html' });
    const expected = getEncoding(label);
    results.add('cases', name === expected, `${basename(path)} ${index + 1}, ${expected} expected, ${name} by ${source}`, () =>
      source === 'detected' ? 'undeclared content that is valid UTF-8 and not ASCII alone is read as UTF-8, on purpose' : null,
    );
  }
  return results.done();
}

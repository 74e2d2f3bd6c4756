import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { determineEncoding } from '../../src/encode/character-encoding.ts';
import { mediaTypeOf } from '../../src/fetch/media-type.ts';
import { tally } from './tally.mjs';

/** Each input as the value of a Content-Type field, as it would come off the wire. */
export function mediaTypes(path) {
  const cases = JSON.parse(readFileSync(path, 'utf8')).filter((each) => typeof each === 'object');
  const results = tally();
  for (const { input, output, encoding } of cases) {
    const name = `${basename(path)} ${JSON.stringify(input)}`;
    const headers = [{ name: 'Content-Type', value: Buffer.from(input, 'utf8').toString('latin1') }];
    const type = mediaTypeOf(headers, new Uint8Array());
    const found = type.isSniffed ? null : type.essence;
    results.add('types and subtypes', found === (output?.split(';')[0] ?? null), name);
    if (output === null) continue;
    const decision = determineEncoding(new Uint8Array(), { syntax: 'text', transport: type.charset ?? undefined });
    results.add('encodings by charset', (decision.source === 'transport' ? decision.name : null) === (encoding ?? null), name);
  }
  return results.done();
}

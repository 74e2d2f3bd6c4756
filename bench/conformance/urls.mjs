import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createDocument } from '../../src/parse/document.ts';
import { encodingParseUrl } from '../../src/parse/encoding-parse-url.ts';
import { links } from '../../src/parse/links.ts';
import { tally } from './tally.mjs';

const UNCHANGED_IN_HTML = 'HTML cannot hold this input in an attribute';
const OF_NODE = "Node.js' own URL parser misses it too, giving";

/**
 * Cases whose base is http or https: each an anchor of a document with that URL, read as /links reads it. The others, whose
 * base no page can have: through what /links resolves with.
 */
export function urls(path) {
  const cases = JSON.parse(readFileSync(path, 'utf8')).filter((each) => typeof each === 'object');
  const results = tally();
  for (const { input, base, href, failure } of cases) {
    const expected = failure === true ? null : href;
    const isOfPage = typeof base === 'string' && /^https?:/i.test(base) && URL.canParse(base);
    const group = `${basename(path)}: ${isOfPage ? 'anchors of pages' : 'other bases, or none'}`;
    const found = isOfPage ? resolvedByLinks(input, base) : (encodingParseUrl(input, base ?? null, 'UTF-8')?.href ?? null);
    results.add(group, found === expected, `${JSON.stringify(input)} against ${JSON.stringify(base)}`, () => {
      const nodes = URL.parse(input, base ?? undefined)?.href ?? null;
      if (nodes === found) return `${OF_NODE} ${JSON.stringify(found)} for ${JSON.stringify(expected)}`;
      return isOfPage && /[\0]|\p{Surrogate}/u.test(input) ? `${UNCHANGED_IN_HTML}` : null;
    });
    results.add(
      `${basename(path)}: as Node.js' own URL parser`,
      found === (URL.parse(input, base ?? undefined)?.href ?? null),
      `${JSON.stringify(input)} against ${JSON.stringify(base)}`,
      () => (isOfPage && /[\0]|\p{Surrogate}/u.test(input) ? UNCHANGED_IN_HTML : null),
    );
  }
  return results.done();
}

function resolvedByLinks(input, base) {
  const attribute = input.replace(/[&"\r]/g, (character) => `&#${character.charCodeAt(0)};`);
  const document = createDocument({ text: `<a href="${attribute}">a</a>`, url: base, baseUrl: null, syntax: 'html', encoding: 'UTF-8' });
  const found = links(document, { method: 'parser', unique: false, offset: 0 });
  if (found.links.length !== 1) throw new Error(`${found.links.length} links of one anchor`);
  return found.links[0].url;
}

/** Each domain as the host of an http URL. */
export function domainsToAscii(path) {
  const cases = JSON.parse(readFileSync(path, 'utf8')).filter((each) => typeof each === 'object');
  const results = tally();
  for (const { input, output } of cases) {
    const found = encodingParseUrl(`https://${input}/x`, null, 'UTF-8')?.host ?? null;
    results.add(basename(path), found === output, JSON.stringify(input), () => {
      const nodes = URL.parse(`https://${input}/x`)?.host ?? null;
      return nodes === found ? `${OF_NODE} ${JSON.stringify(found)} for ${JSON.stringify(output)}` : null;
    });
  }
  return results.done();
}

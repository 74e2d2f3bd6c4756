import { describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { createDocument, type DocumentSource } from '../parse/document.ts';
import { DETECTOR, languageOf } from './language.ts';
import { sourceText } from './source-text.ts';
import type { TextLanguage, WordSource } from './wordcount.model.ts';

const GERMAN = 'Die Würde des Menschen ist unantastbar. Sie zu achten und zu schützen ist Verpflichtung aller staatlichen Gewalt. ';
const ENGLISH =
  'All human beings are born free and equal in dignity and rights, and should act towards one another in a spirit of brotherhood. ';

function language(text: string, source?: WordSource, more: Partial<DocumentSource> = {}): Promise<TextLanguage> {
  const document = createDocument({ text, url: null, baseUrl: null, syntax: 'html', encoding: 'UTF-8', ...more });
  const read = sourceText(document, source);
  return languageOf(document, read.source, read.text);
}

const field = (value: string): Partial<DocumentSource> => ({ fields: [{ name: 'Content-Language', value }] });

describe('the language of a text', () => {
  it.each([
    ['<html lang=" de-AT "><meta http-equiv=content-language content=fr>', 'de-AT', 'html[lang]'],
    ['<html lang=""><meta http-equiv=Content-Language content="fr">', 'fr', 'meta[http-equiv=content-language]'],
    ['<html><meta http-equiv=content-language content="fr, de">', 'da', 'http Content-Language'],
    ['<p>a', 'da', 'http Content-Language'],
  ])('is declared by %s', async (html, declared, declaredBy) => {
    expect(await language(html, 'text', field('da'))).toMatchObject({ declared, declaredBy });
    expect(await language(html, 'raw', field('da'))).toMatchObject({ declared, declaredBy });
  });

  it('is declared by XML and by header fields of any text', async () => {
    const xml = '<r xml:lang="sv"><a>b</a></r>';
    expect(await language(xml, 'raw', { syntax: 'xml' })).toMatchObject({ declared: 'sv', declaredBy: 'root[xml:lang]' });
    expect(await language('a', undefined, { syntax: 'text', ...field('fi') })).toMatchObject({ declared: 'fi' });
    expect(await language('a', undefined, { syntax: 'text', ...field('fi, sv') })).toMatchObject({ declared: null, declaredBy: null });
  });

  it('is what the text looks like, whatever is declared', async () => {
    expect(await language(`<html lang=en><p>${GERMAN}`)).toMatchObject({ declared: 'en', detected: 'de', reliable: true });
    expect(await language('もしもし、東京に行きます。')).toMatchObject({ declared: null, detected: 'ja', reliable: true });
  });

  it('is that of most of a text, not of its beginning', async () => {
    expect(await language(`<p>${ENGLISH.repeat(10)}<p>${GERMAN.repeat(100)}`)).toMatchObject({ detected: 'de', reliable: true });
  });

  it('is unknown where there are no letters', async () => {
    for (const text of ['', '12 345 — …', '😀']) expect(await language(text)).toMatchObject({ detected: null, reliable: null });
  });

  it('is told of a page whose tree is past every limit', async () => {
    const deep = '<html lang=en>' + '<b>'.repeat(5000) + ENGLISH;
    expect(await language(deep, 'raw', field('da'))).toMatchObject({ declared: 'da', declaredBy: 'http Content-Language' });
  });

  it('is found by the detector that is installed', () => {
    // Its package.json is not among what it exports.
    const { packages } = createRequire(import.meta.url)('../../package-lock.json') as { packages: Record<string, { version: string }> };
    expect(DETECTOR).toBe(`eld ${packages['node_modules/eld']?.version ?? ''}`);
  });
});

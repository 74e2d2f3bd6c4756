import { describe, expect, it } from '@jest/globals';
import { proposeRepair } from './repair.ts';

/** UTF-8 read as windows-1252. */
const misread = (text: string) => new TextDecoder('windows-1252').decode(Buffer.from(text));

describe('proposeRepair', () => {
  it.each([
    ['café', 'café'],
    ['<p>Hôtel à côté</p>', 'Hôtel à côté'],
    ['“Don’t”', '“Don’t”'],
    ['Привет', 'Привет'],
    ['もしもし', 'もしもし'],
    ['a 😀 and 😀', 'a 😀 and 😀'],
    ['Á Í Ð Ý à', 'Á Í Ð Ý à'],
    ['100 €', '100 €'],
  ])('proposes to read %s as UTF-8 where it was read as windows-1252', (text, sample) => {
    expect(proposeRepair(misread(text))).toEqual({ from: 'windows-1252', to: 'UTF-8', sample });
  });

  it('shows the place where it would first change something, and no more of it than that', () => {
    const text = `${'x'.repeat(1000)} un café <b>${misread('un déjà-vu')}</b>\n${misread('été ')}${'y'.repeat(1000)}`;
    expect(proposeRepair(text)).toMatchObject({ sample: 'un déjà-vu' });
    expect(proposeRepair(`😀${'x'.repeat(19)}${misread('é')}`)?.sample.isWellFormed()).toBe(true);
  });

  it.each([
    '',
    'plain',
    'un café à côté, « déjà »',
    'passé… » et été',
    'NÃO, SÃO JOÃO',
    'Ã©-like text in an article, déjà vu, où, été, café, hôtel, ça',
    'Ünïcödé',
    'もしもし',
    'é…»',
    'Â\x81',
  ])('proposes nothing for %j', (text) => {
    expect(proposeRepair(text)).toBeNull();
  });

  it('judges a long text by its first ten thousand sequences', () => {
    const legible = 'un café à côté '.repeat(100_000);
    expect(proposeRepair(misread('é').repeat(10_000) + legible)).toMatchObject({ to: 'UTF-8' });
    expect(proposeRepair(misread('é').repeat(9_999) + legible)).toBeNull();
  });

  it('takes time in proportion to the text, whatever that is', () => {
    for (const part of ['Ã', 'Ã©', 'â€', 'ðŸ', '\u0080']) expect(proposeRepair(part.repeat(500_000)) === null).toBe(part !== 'Ã©');
  });
});

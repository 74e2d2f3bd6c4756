import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

describe('the encoding of content', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  it.each([
    ['/encoding/utf-8', 'UTF-8', 'transport', 'Привет'],
    ['/encoding/utf-8-bom', 'UTF-8', 'bom', 'Привет'],
    ['/encoding/bom-beats-transport', 'UTF-8', 'bom', 'Привет'],
    ['/encoding/utf-16le-bom', 'UTF-16LE', 'bom', 'Привет'],
    ['/encoding/utf-16be-bom', 'UTF-16BE', 'bom', 'Привет'],
    ['/encoding/windows-1251', 'windows-1251', 'transport', 'Привет'],
    ['/encoding/quoted-label', 'windows-1251', 'transport', 'Привет'],
    ['/encoding/unknown-label', 'UTF-8', 'detected', 'Привет'],
    ['/encoding/conflict', 'windows-1251', 'transport', 'Привет'],
    ['/encoding/shift_jis', 'Shift_JIS', 'meta', 'もしもし'],
    ['/encoding/http-equiv', 'Shift_JIS', 'meta', 'もしもし'],
    ['/encoding/meta-late', 'windows-1251', 'meta', 'Привет'],
    ['/encoding/undeclared-utf-8', 'UTF-8', 'detected', 'Привет'],
    ['/encoding/undeclared-latin-1', 'windows-1252', 'default', 'café €'],
    ['/encoding/undeclared-ascii', 'windows-1252', 'default', 'plain'],
    ['/encoding/xml', 'windows-1251', 'xml', 'Привет'],
  ])('reads %s as %s by %s', async (path, name, source, heading) => {
    const { body } = await retrieval.fetched(path);
    expect(body.encoding).toMatchObject({ name, source, replacements: 0 });
    expect(body.text).toContain(`<h1>${heading}</h1>`);
    expect(body.text?.startsWith('\uFEFF')).toBe(false);
  });

  it('names what else declared an encoding, and whether they agree', async () => {
    const { encoding } = (await retrieval.fetched('/encoding/conflict')).body;
    expect(encoding?.conflict).toBe(true);
    expect(encoding?.candidates.map(({ source, label }) => [source, label.toLowerCase()])).toEqual(
      expect.arrayContaining([
        ['transport', 'windows-1251'],
        ['meta', 'utf-8'],
      ]),
    );
    expect((await retrieval.fetched('/encoding/utf-8')).body.encoding?.conflict).toBe(false);
  });

  it('counts the replacement characters it had to put in', async () => {
    const { body } = await retrieval.fetched('/encoding/invalid-utf-8');
    expect(body.text).toContain('a\uFFFDb\uFFFDc');
    expect(body.encoding?.replacements).toBe(2);
  });

  it('reads content in the encoding that the caller names, but for a byte order mark', async () => {
    const { body } = await retrieval.fetched('/encoding/shift_jis', { encoding: 'windows-1251' });
    expect(body.encoding).toMatchObject({ name: 'windows-1251', source: 'override' });
    const marked = await retrieval.fetched('/encoding/utf-8-bom', { encoding: 'windows-1251' });
    expect(marked.body.encoding).toMatchObject({ name: 'UTF-8', source: 'bom' });
    expect(await retrieval.refused('/encoding/utf-8', { encoding: 'klingon' })).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  });
});

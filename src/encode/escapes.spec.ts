import { describe, expect, it } from '@jest/globals';
import { parseFragment } from 'parse5';
import { escapesOf } from './escapes.ts';

const EVERYTHING = `H\n\r\t\0\x07\x1b "'\\</script>&amp;%2F\x7f\x85\xa0é\u2028も😀\uFEFF`;

describe('escapesOf', () => {
  it('writes a text in six notations', () => {
    expect(escapesOf(`a<b & "é" も😀\n'`)).toEqual({
      html: 'a&lt;b &amp; &quot;&#xE9;&quot; &#x3082;&#x1F600;\n&#39;',
      url: "a%3Cb%20%26%20%22%C3%A9%22%20%E3%82%82%F0%9F%98%80%0A'",
      json: String.raw`"a<b & \"\u00e9\" \u3082\ud83d\ude00\n'"`,
      javascript: String.raw`'a\x3cb & "\xe9" \u3082\u{1f600}\n\''`,
      css: String.raw`"a\3c b & \"\e9 \" \3082 \1f600 \a '"`,
      python: String.raw`'a<b & "\xe9" \u3082\U0001f600\n\''`,
    });
    expect(escapesOf(`it's`).python).toBe(`"it's"`);
    expect(escapesOf('')).toEqual({ html: '', url: '', json: '""', javascript: "''", css: '""', python: "''" });
  });

  it('gives the text back to whoever reads the notation', () => {
    const { html, url, json, javascript } = escapesOf(EVERYTHING);
    const [node] = parseFragment(`<p title="${html}">`).childNodes;
    // No reference stands for U+0000 in HTML.
    expect(node).toMatchObject({ attrs: [{ value: EVERYTHING.replace('\0', '\uFFFD') }] });
    expect(decodeURIComponent(url)).toBe(EVERYTHING);
    expect(JSON.parse(json)).toBe(EVERYTHING);
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- The language itself is the judge.
    expect(new Function(`'use strict'; return ${javascript}`)()).toBe(EVERYTHING);
    expect(javascript).not.toContain('</script');
  });

  it('is ASCII alone, but for the C1 controls in HTML, whose references mean other characters', () => {
    const { html, ...others } = escapesOf(EVERYTHING);
    for (const escaped of [html.replace('\x85', ''), ...Object.values(others)]) expect(Buffer.from(escaped).length).toBe(escaped.length);
  });

  it('keeps a lone surrogate where the notation can say it', () => {
    expect(escapesOf('\uD83D')).toEqual({
      html: '&#xFFFD;',
      url: '%EF%BF%BD',
      json: String.raw`"\ud83d"`,
      javascript: String.raw`'\ud83d'`,
      css: String.raw`"\fffd "`,
      python: String.raw`'\ud83d'`,
    });
  });

  it('keeps a backslash and what looks like an escape apart', () => {
    expect(JSON.parse(escapesOf('\\u0041').json)).toBe('\\u0041');
    expect(escapesOf('\\n').python).toBe(String.raw`'\\n'`);
    expect(escapesOf('\\n').css).toBe(String.raw`"\\n"`);
  });
});

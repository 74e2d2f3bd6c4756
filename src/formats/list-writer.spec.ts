import { describe, expect, it } from '@jest/globals';
import type { Entry } from './columns.ts';
import type { EntriesFormat } from './list-format.ts';
import { writeEntries } from './list-writer.ts';

const write = (format: EntriesFormat, entries: readonly Entry[], columns: readonly string[] = ['a'], most = 1_000_000): string =>
  writeEntries(entries, { format, columns }, most, () => new Error('too large')).toString();

describe('a list as CSV', () => {
  it('has a line of names, then one for each entry, all ended by CRLF', () => {
    expect(write('csv', [{ a: 'x', b: 1 }, { a: true }], ['a', 'b'])).toBe('a,b\r\nx,1\r\ntrue,\r\n');
    expect(write('csv', [], ['a', 'b'])).toBe('a,b\r\n');
  });

  it('quotes what has commas, quotes or line ends', () => {
    expect(
      write(
        'csv',
        ['x,y', 'say "no"', 'one\ntwo', 'one\rtwo', ' spaced '].map((a) => ({ a })),
      ),
    ).toBe('a\r\n"x,y"\r\n"say ""no"""\r\n"one\ntwo"\r\n"one\rtwo"\r\n spaced \r\n');
  });

  it('gives members of members by dotted names, lists of words joined by spaces, other lists as JSON, and null as nothing', () => {
    const entry = { position: { line: 4, column: null }, rel: ['nofollow', 'ugc'], none: [], attributes: [{ name: 'href' }], gone: null };
    const columns = ['position.line', 'position.column', 'rel', 'none', 'attributes', 'gone', 'gone.deeper', 'absent'];
    expect(write('csv', [entry], columns)).toBe(`${columns.join(',')}\r\n4,,nofollow ugc,,"[{""name"":""href""}]",,,\r\n`);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1'])(
    'puts an apostrophe before what a spreadsheet would run: %j',
    (a) => {
      const cell = /[\r\n]/.test(a) ? `"'${a}"` : `'${a}`;
      expect(write('csv', [{ a }])).toBe(`a\r\n${cell}\r\n`);
    },
  );

  it('leaves numbers, and words that have such a character further on', () => {
    expect(write('csv', [{ a: -1 }, { a: 'a=b' }, { a: ' =b' }])).toBe('a\r\n-1\r\na=b\r\n =b\r\n');
  });
});

describe('a list as NDJSON', () => {
  it('has an entry a line', () => {
    const entries = [{ a: 'one\ntwo\u2028' }, { a: [null] }];
    const text = write('ndjson', entries);
    expect(text.endsWith('\n')).toBe(true);
    expect(
      text
        .slice(0, -1)
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(entries);
    expect(write('ndjson', [])).toBe('');
  });
});

describe('a list as HTML', () => {
  it('escapes everything', () => {
    expect(write('html', [{ a: `<script>alert("1")</script>&'` }])).toBe(
      '<tr><td dir="auto">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</td></tr>\n',
    );
  });

  it.each(['http://x.example/"><script>', 'https://x.example/', 'MAILTO:a@b.example', 'tel:+1'])('links to %s', (url) => {
    const [, href = ''] = /<a rel="noreferrer noopener" href="([^"]*)">\1<\/a>/.exec(write('html', [{ url }], ['url'])) ?? [];
    expect(href.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toBe(url);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', ' javascript:0', 'file:///etc/passwd', 'vbscript:0', 'http://[', '/x', ''])(
    'does not link to %j',
    (url) => {
      expect(write('html', [{ url }], ['url'])).not.toContain('<a');
    },
  );

  it('links from no other column', () => {
    expect(write('html', [{ text: 'http://x.example/' }], ['text'])).not.toContain('<a');
    expect(write('html', [{ item: { url: 'http://x.example/' }, finalUrl: 'http://y.example/' }], ['item.url', 'finalUrl'])).toMatch(
      /<a.*<a/,
    );
  });
});

describe('a list in any format', () => {
  it.each(['csv', 'ndjson', 'html'] as const)('ends as %s where it has more bytes than it may', (format) => {
    let made = 0;
    const endless = { [Symbol.iterator]: () => ({ next: () => ({ done: ++made > 100_000, value: { a: 'é&'.repeat(50) } }) }) };
    expect(() => writeEntries(endless as unknown as Entry[], { format, columns: ['a'] }, 200_000, () => new Error('too large'))).toThrow(
      'too large',
    );
    expect(made).toBeLessThan(5_000);
  });

  it('is whole where it is longer than a piece', () => {
    const entries = Array.from({ length: 5_000 }, (_, index) => ({ a: `value ${String(index)} é` }));
    expect(write('csv', entries).split('\r\n')).toEqual(['a', ...entries.map(({ a }) => a), '']);
  });
});

import { describe, expect, it } from '@jest/globals';
import { MAX_ROBOTS_BYTES, parseRobots, productToken, rulesFor } from './robots.ts';

/** Whether a file lets a crawler have what stands behind `http://foo.bar`. */
function allows(lines: string | readonly string[], path: string, agent = 'FooBot'): boolean {
  const text = typeof lines === 'string' ? lines : lines.join('\n');
  const rule = rulesFor(parseRobots(Buffer.from(text)), agent).ruleFor(new URL(path, 'http://foo.bar'));
  return rule?.allow ?? true;
}

const agent = (...rules: readonly string[]): string[] => ['User-agent: FooBot', ...rules];

describe('the rules of robots.txt (RFC 9309)', () => {
  it.each([
    // Section 2.2.2: the most octets.
    [agent('Disallow: /x/page.html', 'Allow: /x/'), '/x/page.html', false],
    [agent('Allow: /x/page.html', 'Disallow: /x/'), '/x/page.html', true],
    [agent('Allow: /x/page.html', 'Disallow: /x/'), '/x/', false],
    [agent('Disallow:', 'Allow:'), '/x', true],
    [agent('Disallow:'), '/x', true],
    [agent('Disallow: /', 'Allow: /'), '/x', true],
    [agent('Disallow: /x', 'Allow: /x/'), '/x', false],
    [agent('Disallow: /x', 'Allow: /x/'), '/x/', true],
    [agent('Allow: /page', 'Disallow: /*.html'), '/page.html', false],
    [agent('Allow: /page', 'Disallow: /*.html'), '/page', true],
    [agent('Allow: /x/page.', 'Disallow: /*.html'), '/x/page.html', true],
    [agent('Allow: /x/page.', 'Disallow: /*.html'), '/x/y.html', false],
    [agent('Allow: /p', 'Disallow: /'), '/page', true],
    [agent('Allow: /folder', 'Disallow: /folder'), '/folder/page', true],
    [agent('Allow: /$', 'Disallow: /'), '/', true],
    [agent('Allow: /$', 'Disallow: /'), '/page.htm', false],
    [agent('Disallow: /x/'), '/X/y', true],
    // Section 2.2.2: the file itself.
    [agent('Disallow: /'), '/robots.txt', true],
    [agent('Disallow: /'), '/robots.txt?x', true],
    // Section 2.2.3: special characters.
    [agent('Disallow: /foo/bar/quz', 'Allow: /foo/*/qux'), '/foo/bar/quz', false],
    [agent('Disallow: /foo/bar$', 'Allow: /foo/bar/qux'), '/foo/bar', false],
    [agent('Disallow: /foo/bar$', 'Allow: /foo/bar/qux'), '/foo/bar/baz', true],
    [agent('# Disallow: /', 'Disallow: /foo/quz#qux', 'Allow: /'), '/foo/quz', false],
    [agent('# Disallow: /', 'Disallow: /foo/quz#qux', 'Allow: /'), '/foo/bar', true],
    [agent('Disallow: /', 'Allow: /*.php$'), '/folder/filename.php', true],
    [agent('Disallow: /', 'Allow: /*.php$'), '/filename.php?parameters', false],
    [agent('Disallow: /', 'Allow: /*.php$'), '/filename.php5', false],
    [agent('Disallow: /', 'Allow: /*.php'), '/index?f=filename.php/', true],
    [agent('Disallow: /', 'Allow: /*.php'), '/windows.PHP', false],
    [agent('Disallow: /', 'Allow: /fish*.php'), '/fishheads/catfish.php?parameters', true],
    [agent('Disallow: /', 'Allow: /fish*'), '/fish.html', true],
    [agent('Disallow: *private'), '/a/private', false],
    [agent('Disallow: /a*b*b$'), '/ab', true],
    [agent('Disallow: /a*b*b$'), '/axbyb', false],
    [agent('Disallow: /path/file-with-a-%2A.html'), '/path/file-with-a-*.html', false],
    [agent('Disallow: /path/file-with-a-%2A.html'), '/path/file-with-a-star.html', true],
    [agent('Disallow: /price$s'), '/price$s', false],
    [agent('Disallow: private'), '/private', true],
    // Section 2.2.2: the table of percent-encoding.
    [agent('Disallow: /foo/bar?baz=quz'), '/foo/bar?baz=quz', false],
    [agent('Disallow: /foo/bar?baz=https://foo.bar'), '/foo/bar?baz=https%3A%2F%2Ffoo.bar', false],
    [agent('Disallow: /foo/bar?baz=https%3A%2F%2Ffoo.bar'), '/foo/bar?baz=https://foo.bar', false],
    [agent('Disallow: /foo/bar/ツ'), '/foo/bar/%E3%83%84', false],
    [agent('Disallow: /foo/bar/%e3%83%84'), '/foo/bar/ツ', false],
    [agent('Disallow: /foo/bar/%62%61%7A'), '/foo/bar/baz', false],
    [agent('Disallow: /foo/bar'), '/foo/%62%61%72', false],
    [agent('Disallow: /a%2Fb'), '/a/b', true],
    [agent('Disallow: /a%2fb'), '/a%2Fb', false],
    [agent('Disallow: /a%zz'), '/a%zz', false],
  ])('say of %j that %s is allowed: %s', (lines, path, expected) => {
    expect(allows(lines, path)).toBe(expected);
  });

  const groups = [
    'allow: /foo/bar/',
    '',
    'user-agent: FooBot',
    'disallow: /',
    'allow: /x/',
    'user-agent: BarBot',
    'disallow: /',
    'allow: /y/',
    '',
    '',
    'allow: /w/',
    'user-agent: BazBot',
    '',
    'user-agent: FooBot',
    'allow: /z/',
    'disallow: /',
  ];
  it.each([
    ['FooBot', ['/x/b', '/z/d'], ['/y/c', '/foo/bar/', '/w/a']],
    ['foobot', ['/x/b', '/z/d'], ['/y/c']],
    ['BarBot', ['/y/c', '/w/a'], ['/z/d', '/x/b', '/foo/bar/']],
    ['BazBot', ['/z/d'], ['/foo/bar/', '/x/b']],
    ['QuxBot', ['/x/b', '/foo/bar/'], []],
  ])('are those of its own groups, taken together: of %s', (token, allowed, forbidden) => {
    expect(allowed.filter((path) => !allows(groups, path, token))).toEqual([]);
    expect(forbidden.filter((path) => allows(groups, path, token))).toEqual([]);
  });

  it('are those of * where there is no group of its own, and of no other', () => {
    const lines = ['User-agent: *', 'Disallow: /x/', 'User-agent: FooBot', 'Disallow: /y/', 'User-agent: EmptyBot'];
    expect(['/x/a', '/y/a'].map((path) => allows(lines, path))).toEqual([true, false]);
    expect(['/x/a', '/y/a'].map((path) => allows(lines, path, 'OtherBot'))).toEqual([false, true]);
    expect(['/x/a', '/y/a'].map((path) => allows(lines, path, 'EmptyBot'))).toEqual([true, true]);
    expect(allows('', '/x')).toBe(true);
  });

  it.each([
    ['USER-AGENT: FOOBOT\nDISALLOW: /\n', 'in capitals'],
    ['user-agent: FooBot/2.1 (something)\ndisallow: /', 'with a version'],
    ['user-agent: FooBot Images\ndisallow: /', 'with a word behind the token'],
    ['\uFEFFuser-agent: FooBot\r\ndisallow: /\r\n', 'with a byte order mark and CRLF'],
    ['user-agent: FooBot\rdisallow: /\r', 'with CR alone'],
    ['user-agent FooBot\ndisallow /', 'without colons'],
    ['  user-agent  :  FooBot  # it\n\t disallow\t:\t/ # all', 'with spaces and comments'],
    ['user-agent: FooBot\nSitemap: http://foo.bar/s.xml\nuser-agent: BarBot\ndisallow: /', 'with lines between that are none of a group'],
    ['user-agent: FooBot\nfoo: bar\n\x00\x01\ndisallow: /', 'among what is no line of it'],
    ['user-agent: *\ndisallow: /', 'for everybody'],
  ])('are understood of %j, %s', (text) => {
    expect(allows(text, '/x')).toBe(false);
  });

  it('tell what decided, sitemaps, and how long to wait', () => {
    const lines = [
      'Sitemap: http://foo.bar/one.xml',
      'User-agent: *',
      'Crawl-delay: 30',
      'User-agent: FooBot',
      'Crawl-delay: 2.5',
      'Crawl-delay: 7',
      'Disallow: /*private',
      'sitemap: https://elsewhere.example/two.xml.gz',
      'Sitemap: /relative.xml',
      'Sitemap: http://foo.bar/one.xml',
    ];
    const file = parseRobots(Buffer.from(lines.join('\n')));
    expect(file.sitemaps).toEqual(['http://foo.bar/one.xml', 'https://elsewhere.example/two.xml.gz']);
    const rules = rulesFor(file, 'FooBot');
    expect(rules.crawlDelayS).toBe(2.5);
    expect(rules.ruleFor(new URL('http://foo.bar/a/private'))).toEqual({ allow: false, path: '/*private' });
    expect(rules.ruleFor(new URL('http://foo.bar/'))).toBeNull();
    expect(rulesFor(parseRobots(Buffer.from('User-agent: *\nCrawl-delay: soon')), 'FooBot').crawlDelayS).toBeNull();
  });

  it('are read to 500 KiB and no further, and a hostile file takes no long time', () => {
    const padding = '#'.repeat(1023) + '\n';
    expect(allows(`${padding.repeat(499)}user-agent: *\ndisallow: /\n`, '/x')).toBe(false);
    expect(allows(`${padding.repeat(500)}user-agent: *\ndisallow: /\n`, '/x')).toBe(true);
    const many = `user-agent: *\n${'disallow: /*a*a*a*a*a*a*a*a$\n'.repeat(MAX_ROBOTS_BYTES / 32)}`;
    expect(allows(many, `/${'a'.repeat(4000)}b`)).toBe(true);
  });
});

describe('a product token', () => {
  it.each([
    ['Pagewire/0.1.0 (+https://example.com/)', 'Pagewire'],
    ['my_crawler-news', 'my_crawler-news'],
    ['Mozilla/5.0 (compatible)', 'Mozilla'],
    ['7', ''],
  ])('of %s is %s', (userAgent, token) => {
    expect(productToken(userAgent)).toBe(token);
  });
});

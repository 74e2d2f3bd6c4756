import { bare, type Fields, type Scenarios } from './response.ts';

/** 167 bytes, 33 words, 26 of them distinct. */
export const ROMEO = `But soft what light through yonder window breaks
It is the east and Juliet is the sun
Arise fair sun and kill the envious moon
Who is already sick and pale with grief
`;

/** The words of {@link ROMEO} as they first appear, and how often. */
export const ROMEO_WORDS: readonly (readonly [word: string, count: number])[] = [
  ['But', 1],
  ['soft', 1],
  ['what', 1],
  ['light', 1],
  ['through', 1],
  ['yonder', 1],
  ['window', 1],
  ['breaks', 1],
  ['It', 1],
  ['is', 3],
  ['the', 3],
  ['east', 1],
  ['and', 3],
  ['Juliet', 1],
  ['sun', 2],
  ['Arise', 1],
  ['fair', 1],
  ['kill', 1],
  ['envious', 1],
  ['moon', 1],
  ['Who', 1],
  ['already', 1],
  ['sick', 1],
  ['pale', 1],
  ['with', 1],
  ['grief', 1],
];

/** 128 bytes: a blank line ends it. */
export const PAGE1 = `<h1>The First Page</h1>
<p>
If you like, you can switch to the
<a href="http://data.pr4e.org/page2.htm">
Second Page</a>.
</p>

`;

const PAGE2 = `<h1>The Second Page</h1>
<p>
If you like, you can switch back to the
<a href="page1.htm">
First Page</a>.
</p>
`;

/** What the parser finds on `/docs`: every anchor's `href`, in order. */
export const DOCS_HREFS: readonly string[] = `
genindex.html py-modindex.html https://www.python.org/ #
whatsnew/3.6.html whatsnew/index.html tutorial/index.html library/index.html reference/index.html using/index.html
howto/index.html installing/index.html distributing/index.html extending/index.html c-api/index.html faq/index.html
py-modindex.html genindex.html glossary.html search.html contents.html
bugs.html about.html license.html copyright.html
download.html https://docs.python.org/3.8/ https://docs.python.org/3.7/ https://docs.python.org/3.5/
https://docs.python.org/2.7/ https://www.python.org/doc/versions/ https://www.python.org/dev/peps/
https://wiki.python.org/moin/BeginnersGuide https://wiki.python.org/moin/PythonBooks https://www.python.org/doc/av/
genindex.html py-modindex.html https://www.python.org/ #
copyright.html https://www.python.org/psf/donations/ bugs.html http://sphinx.pocoo.org/
`
  .trim()
  .split(/\s+/);

const DOCS_CANONICAL = 'https://docs.python.org/3/index.html';

/** What the regular expression finds on `/docs`: the absolute ones, and the canonical URL that no anchor has. */
export const DOCS_REGEX_URLS: readonly string[] = [DOCS_CANONICAL, ...DOCS_HREFS.filter((href) => /^https?:/.test(href))];

const DOCS = `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>Documentation</title>
<link rel="stylesheet" href="_static/style.css">
<link rel="canonical" href="${DOCS_CANONICAL}" />
</head>
<body>
<ul>
${DOCS_HREFS.map((href, index) => `<li><a class="reference" href="${href}">entry ${String(index + 1)}</a></li>`).join('\n')}
</ul>
</body>
</html>
`;

/** 230,210 bytes that begin and end as a JPEG does, the same on every run, with every byte value in them. */
export const COVER: Buffer = pictureOf(230_210);

function pictureOf(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 12345;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 24;
  }
  Buffer.from('ffd8ffe000104a46494600', 'hex').copy(bytes);
  bytes.set([0xff, 0xd9], length - 2);
  return bytes;
}

const UNCACHED: Fields = [
  ['Cache-Control', 'max-age=0, no-cache, no-store, must-revalidate'],
  ['Pragma', 'no-cache'],
  ['Expires', 'Wed, 11 Jan 1984 05:00:00 GMT'],
  ['Connection', 'close'],
];
const SERVER = ['Server', 'Apache/2.4.18 (Ubuntu)'] as const;
const RANGES = ['Accept-Ranges', 'bytes'] as const;

/** The eleven header fields of `/romeo.txt`, as sent. */
export const ROMEO_FIELDS: Fields = [
  ['Date', 'Tue, 08 Jan 2019 04:22:31 GMT'],
  SERVER,
  ['Last-Modified', 'Sat, 13 May 2017 11:22:22 GMT'],
  ['ETag', '"a7-54f6609245537"'],
  RANGES,
  ['Content-Length', '167'],
  ...UNCACHED,
  ['Content-Type', 'text/plain'],
];

/** The header fields of `/page1.htm`, as sent. */
export const PAGE1_FIELDS: Fields = [
  ['Date', 'Tue, 08 Jan 2019 04:01:00 GMT'],
  SERVER,
  ['Last-Modified', 'Mon, 15 May 2017 11:11:47 GMT'],
  ['ETag', '"80-54f8e1f004857"'],
  RANGES,
  ['Content-Length', '128'],
  ...UNCACHED,
  ['Content-Type', 'text/html'],
];

/** The header fields of `/cover3.jpg`, as sent. */
export const COVER_FIELDS: Fields = [
  ['Date', 'Wed, 13 Mar 2019 15:56:41 GMT'],
  SERVER,
  ['Last-Modified', 'Mon, 15 May 2017 12:27:40 GMT'],
  ['ETag', '"38342-54f8f2e5b6277"'],
  RANGES,
  ['Content-Length', '230210'],
  ['Vary', 'Accept-Encoding'],
  ...UNCACHED,
  ['Content-Type', 'image/jpeg'],
];

/** The files of the chapter, byte for byte. */
export const chapter: Scenarios = {
  '/romeo.txt': bare('200 OK', ROMEO_FIELDS, ROMEO),
  '/page1.htm': bare('200 OK', PAGE1_FIELDS, PAGE1),
  '/page2.htm': bare('200 OK', [SERVER, ['Content-Length', String(PAGE2.length)], ...UNCACHED, ['Content-Type', 'text/html']], PAGE2),
  '/cover3.jpg': bare('200 OK', COVER_FIELDS, COVER),
  '/docs': bare('200 OK', [SERVER, ['Content-Length', String(DOCS.length)], ['Content-Type', 'text/html']], DOCS),
};

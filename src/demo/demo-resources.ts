import { gzipSync } from 'node:zlib';
import { DEMO_HOST } from '../settings/settings.ts';
import { ARTICLE } from './demo-article.ts';
import { ENCODINGS } from './demo-encodings.ts';
import { garden } from './demo-garden.ts';
import { PRICE } from './demo-price.ts';
import { GREETING } from './demo-greeting.ts';
import { sunrise } from './demo-image.ts';
import { type DemoPiece, type DemoResource, inPieces, redirecting, whole } from './demo-resource.ts';

const HTML = 'text/html; charset=utf-8';
const TEXT = 'text/plain; charset=utf-8';

const ROMEO = `But soft what light through yonder window breaks
It is the east and Juliet is the sun
Arise fair sun and kill the envious moon
Who is already sick and pale with grief
`;

/** As a page of 1999 is served that nobody is to keep. */
const UNKEPT = [
  ['Last-Modified', 'Sat, 13 May 2017 11:22:22 GMT'],
  ['ETag', '"a7-54f6609245537"'],
  ['Accept-Ranges', 'none'],
  ['Cache-Control', 'max-age=0, no-cache, no-store, must-revalidate'],
  ['Pragma', 'no-cache'],
  ['Expires', 'Wed, 11 Jan 1984 05:00:00 GMT'],
] as const;

const PAGE1 = `<h1>The First Page</h1>
<p>
If you like, you can switch to the
<a href="http://${DEMO_HOST}/page2.htm">
Second Page</a>.
</p>
`;

const PAGE2 = `<h1>The Second Page</h1>
<p>
From here you can go back to the
<a href="page1.htm">
First Page</a>.
</p>
`;

const LINES = Array.from({ length: 400 }, (_, index) => `line ${String(index + 1)} of a text that repeats itself\n`).join('');

const SLOW = [
  '<!doctype html>\n<html lang="en"><title>A slow page</title>\n<h1>A slow page</h1>\n',
  '<p>This came after half a second.</p>\n',
  '<p>This came after a whole one.</p>\n',
  '<p>And this ends it, half a second later: <a href="/romeo.txt">read on</a>.</p>\n</html>\n',
];

/** So many bytes of the picture leave at a time. */
const PICTURE_PIECE = 20_000;

/** Drawn when somebody first asks for it: every server has the table, and few are asked for this. */
class Picture implements DemoResource {
  readonly path = '/sunrise.png';
  readonly about = 'a picture in pieces, 50 ms apart';
  readonly status = 200;
  readonly headers = [['Content-Type', 'image/png']] as const;
  #pieces: readonly DemoPiece[] | null = null;

  get pieces(): readonly DemoPiece[] {
    this.#pieces ??= inPieces(this, 'image/png', partsOf(sunrise()), 50).pieces;
    return this.#pieces;
  }
}

function partsOf(bytes: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / PICTURE_PIECE) }, (_, index) =>
    bytes.subarray(index * PICTURE_PIECE, (index + 1) * PICTURE_PIECE),
  );
}

/** Everything that the demo origin has; any other path is answered as `/missing`. */
function table(): readonly DemoResource[] {
  return [
    whole({ path: '/romeo.txt', about: 'four lines, 167 bytes', headers: UNKEPT }, 'text/plain', ROMEO),
    whole({ path: '/page1.htm', about: 'a page with a link to the next' }, 'text/html', PAGE1),
    whole({ path: '/page2.htm', about: 'the page that it links to' }, 'text/html', PAGE2),
    whole({ path: '/article.html', about: 'headings, links of all kinds, metadata, a table, JSON-LD' }, HTML, ARTICLE),
    GREETING,
    PRICE,
    new Picture(),
    inPieces({ path: '/slow.html', about: 'a page in four pieces, half a second apart' }, HTML, SLOW, 500),
    redirecting({ path: '/old', about: 'moved for good: 301, then 302, then page1.htm' }, 301, 'older'),
    redirecting({ path: '/older', about: 'found elsewhere: 302' }, 302, 'page1.htm'),
    redirecting({ path: '/loop', about: 'a redirect to another that leads back' }, 302, 'loop-back'),
    redirecting({ path: '/loop-back', about: 'the other half of the loop' }, 302, 'loop'),
    redirecting({ path: '/inside', about: 'a redirect to this machine, which is refused' }, 302, 'http://127.0.0.1/'),
    ...ENCODINGS,
    whole(
      {
        path: '/fields.html',
        about: 'header fields that come twice, cookies among them',
        headers: [
          ['Set-Cookie', 'first=1; Path=/; HttpOnly'],
          ['Set-Cookie', 'second=2; Path=/; SameSite=Lax'],
          ['Cache-Control', 'no-cache'],
          ['cache-control', 'max-age=0'],
          ['Link', '</page2.htm>; rel="next"'],
          ['Link', '</article.html>; rel="related"; title="How a page travels"'],
        ],
      },
      HTML,
      '<!doctype html>\n<html lang="en"><title>Fields</title>\n<p>Look at the header fields of this page: some of them come twice.</p>\n</html>\n',
    ),
    whole(
      {
        path: '/gzip.txt',
        about: 'a text compressed by gzip',
        headers: [
          ['Content-Encoding', 'gzip'],
          ['Vary', 'Accept-Encoding'],
        ],
      },
      TEXT,
      gzipSync(LINES),
    ),
    whole({ path: '/missing', about: 'a page that is not there: 404', status: 404 }, TEXT, 'There is no such page in the demo.\n'),
    whole({ path: '/broken', about: 'a server that failed: 500', status: 500 }, TEXT, 'This is what a failure of the demo looks like.\n'),
    ...garden(),
  ];
}

/** The page at the root, from which all others are found; of the garden, its gate. */
function contents(of: readonly DemoResource[]): DemoResource {
  const shown = of.filter(({ path }) => path === '/garden/' || !path.startsWith('/garden/'));
  const items = shown.map(({ path, about }) => `<li><a href="${path}">${path}</a>: ${about}\n`).join('');
  const page = `<!doctype html>\n<html lang="en">\n<title>The demo</title>\n<h1>The demo</h1>\n<ul>\n${items}</ul>\n</html>\n`;
  return whole({ path: '/', about: 'links to all that follows' }, HTML, page);
}

let resources: ReadonlyMap<string, DemoResource> | null = null;

/** The resources by path, made when the first is asked for. */
export function demoResources(): ReadonlyMap<string, DemoResource> {
  if (resources === null) {
    const all = table();
    resources = new Map([contents(all), ...all].map((resource) => [resource.path, resource]));
  }
  return resources;
}

import { bare, type Fields, html, latin1, type OriginRequest, response, type Scenarios, text } from './response.ts';

/** A page whose one heading is the text given. */
function page(heading: string, head = ''): string {
  return `<!DOCTYPE html><html><head>${head}<title>${heading}</title></head><body><h1>${heading}</h1></body></html>`;
}

function utf16be(content: string): Buffer {
  return Buffer.from(content, 'utf16le').swap16();
}

function typed(mediaType: string, content: string | Uint8Array, status = '200 OK'): Buffer {
  return response(content, [['Content-Type', mediaType]], status);
}

const HTML = 'text/html';
const BOM = '\uFEFF';
const CYRILLIC = latin1('\xcf\xf0\xe8\xe2\xe5\xf2');
const MOSHI = latin1('\x82\xe0\x82\xb5\x82\xe0\x82\xb5');
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000049454e44ae426082', 'hex');

function around(before: string, content: Uint8Array, after = '</h1>'): Buffer {
  return Buffer.concat([latin1(before), content, latin1(after)]);
}

function metaLate(): Buffer {
  return around(`<html><head><!--${'x'.repeat(2000)}--><meta charset="windows-1251"><title>late</title></head><h1>`, CYRILLIC);
}

function numberOf({ url }: OriginRequest, name: string): number {
  return Number(url.searchParams.get(name) ?? '0');
}

const counts = new Map<string, number>();

/** `/counter?of=name` answers how many times it was asked for that name. */
function count({ url }: OriginRequest): Buffer {
  const name = `${url.host} ${url.searchParams.get('of') ?? ''}`;
  const times = (counts.get(name) ?? 0) + 1;
  counts.set(name, times);
  return text(String(times));
}

/** The request as it came, as text: its head, then its body. */
function echo({ head, body }: OriginRequest): Buffer {
  return text(Buffer.concat([latin1(head), body]));
}

/** How the bytes of a document say what they mean: each decodes to the heading that its comment or its neighbours show. */
export const encodings: Scenarios = {
  '/encoding/utf-8': html(page('Привет')),
  '/encoding/utf-8-bom': typed(HTML, BOM + page('Привет')),
  '/encoding/bom-beats-transport': typed('text/html; charset=windows-1251', BOM + page('Привет')),
  '/encoding/utf-16le-bom': typed(HTML, Buffer.from(BOM + page('Привет'), 'utf16le')),
  '/encoding/utf-16be-bom': typed(HTML, utf16be(BOM + page('Привет'))),
  '/encoding/windows-1251': typed('text/html; charset=windows-1251', around('<h1>', CYRILLIC)),
  '/encoding/quoted-label': typed('text/html; Charset="CP1251"', around('<h1>', CYRILLIC)),
  '/encoding/unknown-label': typed('text/html; charset=klingon', page('Привет')),
  '/encoding/conflict': typed('text/html; charset=windows-1251', around('<meta charset="utf-8"><h1>', CYRILLIC)),
  '/encoding/shift_jis': typed(HTML, around('<meta charset="shift_jis"><h1>', MOSHI)),
  '/encoding/http-equiv': typed(HTML, around('<meta http-equiv="Content-Type" content="text/html; charset=sjis"><h1>', MOSHI)),
  '/encoding/meta-late': typed(HTML, metaLate()),
  '/encoding/undeclared-utf-8': typed(HTML, page('Привет')),
  '/encoding/undeclared-latin-1': typed(HTML, around('<h1>', latin1('caf\xe9 \x80'))),
  '/encoding/undeclared-ascii': typed(HTML, page('plain')),
  '/encoding/invalid-utf-8': html(around('<h1>', latin1('a\xffb\xfec'))),
  '/encoding/misread': typed('text/html; charset=iso-8859-1', page('café')),
  '/encoding/xml': typed('application/xml', around('<?xml version="1.0" encoding="windows-1251"?><h1>', CYRILLIC)),
};

/** Other kinds of content, and pages with something particular about them. */
export const documents: Scenarios = {
  '/': html('<title>Origin</title><p>It works.</p>'),
  '/echo': echo,
  '/counter': count,
  '/image.png': typed('image/png', PNG),
  '/plain.txt': typed('text/plain; charset=utf-8', 'one two two\nhref="http://example.com/in-text"\n'),
  '/style.css': typed('text/css', 'a { color: red }'),
  '/no-type/html': response('<!DOCTYPE html><title>Untyped</title><a href="x">x</a>'),
  '/no-type/binary': response(Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0, 0])),
  '/no-type/empty': response(''),
  '/odd-type': typed('nonsense', '<a href="x">x</a>'),
  '/json': typed('application/json', '{"href":"https://example.com/"}'),
  '/xml': typed('application/xml', '<?xml version="1.0"?><feed><a href="one">One</a></feed>'),
  '/xhtml': typed(
    'application/xhtml+xml',
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><a href="one">One</a></body></html>',
  ),
  '/active.svg': typed('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  '/active.xhtml': typed(
    'application/xhtml+xml',
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><script>alert(1)</script></body></html>',
  ),
  '/active.xml': typed('text/xml', '<r><s xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></s></r>'),
  '/active.pdf': typed('application/pdf', '<!DOCTYPE html><html><script>alert(1)</script></html>'),
  '/active.json': typed('application/json', '<!DOCTYPE html><html><script>alert(1)</script></html>'),
  '/active.txt': typed('text/plain', '<!DOCTYPE html><html><script>alert(1)</script></html>'),
  '/active.unknown': typed('x-unknown/x-unknown', '<!DOCTYPE html><html><script>alert(1)</script></html>'),
  '/active.js': typed('text/javascript', 'alert(1)'),
  '/active.html': html('<script>alert(document.domain)</script>', [
    ['Set-Cookie', 'mine=1'],
    ['Access-Control-Allow-Origin', 'http://evil.example'],
    ['Strict-Transport-Security', 'max-age=1'],
    ['Refresh', '0; url=http://evil.example/'],
  ]),
  '/not-found': html('<h1>Nothing here</h1><a href="/">home</a>', [], '404 Not Found'),
  '/failing': html('<h1>Broken</h1>', [], '500 Internal Server Error'),
  '/slow': async (request, connection) =>
    (await connection.pause(numberOf(request, 'ms'))) ? html('<h1>Slow</h1><a href="x">x</a>') : undefined,
  '/big': (request) => text('x'.repeat(numberOf(request, 'bytes'))),
  '/big-unsized': (request) =>
    bare(
      '200 OK',
      [
        ['Content-Type', 'text/plain'],
        ['Connection', 'close'],
      ],
      'x'.repeat(numberOf(request, 'bytes')),
    ),
  '/named-download': response('a,b\n', [
    ['Content-Type', 'text/csv'],
    ['Content-Disposition', 'attachment; filename="../../etc/passwd"'],
  ] satisfies Fields),
};

import { bare, type Fields, type OriginRequest, type Scenario, type Scenarios, text } from './response.ts';

function redirect(location: string, status = 302, fields: Fields = []): Buffer {
  return bare(`${String(status)} Redirect`, [['Location', location], ...fields, ['Content-Length', '0']]);
}

function asked({ url }: OriginRequest, name: string): string {
  return url.searchParams.get(name) ?? '';
}

/** `/redirect/chain?left=3` is three redirects from `/romeo.txt`. */
const chain: Scenario = (request) => {
  const left = Number(asked(request, 'left'));
  return redirect(left > 1 ? `/redirect/chain?left=${String(left - 1)}` : '/romeo.txt');
};

/** `/redirect/to?to=URL&status=307`: wherever the test wants, another origin for one. */
const to: Scenario = (request) => redirect(asked(request, 'to'), Number(asked(request, 'status') || '302'));

/** Redirects, most of them to `/romeo.txt` or to `/echo`, which answers with the request it got. */
export const redirects: Scenarios = {
  '/redirect/301': redirect('/romeo.txt', 301),
  '/redirect/302': redirect('/romeo.txt', 302),
  '/redirect/303': redirect('/romeo.txt', 303),
  '/redirect/307': redirect('/romeo.txt', 307),
  '/redirect/308': redirect('/romeo.txt', 308),
  '/redirect/300': redirect('/romeo.txt', 300),
  '/redirect/304': redirect('/romeo.txt', 304),
  '/redirect/echo-301': redirect('/echo', 301),
  '/redirect/echo-302': redirect('/echo', 302),
  '/redirect/echo-303': redirect('/echo', 303),
  '/redirect/echo-307': redirect('/echo', 307),
  '/redirect/echo-308': redirect('/echo', 308),
  '/redirect/chain': chain,
  '/redirect/to': to,
  '/redirect/loop': redirect('/redirect/loop'),
  '/redirect/ping': redirect('/redirect/pong'),
  '/redirect/pong': redirect('/redirect/ping'),
  '/redirect/relative': redirect('../romeo.txt'),
  '/redirect/query-only': redirect('?left=1'),
  '/redirect/protocol-relative': ({ url }) => redirect(`//${url.host}/romeo.txt`),
  '/redirect/fragment': redirect('/romeo.txt#line-2'),
  '/redirect/non-ascii': redirect('/caf\xe9'),
  '/redirect/with-body': bare(
    '302 Found',
    [
      ['Location', '/romeo.txt'],
      ['Content-Length', '5'],
    ],
    'moved',
  ),
  '/redirect/ftp': redirect('ftp://127.0.0.1/romeo.txt'),
  '/redirect/file': redirect('file:///etc/hosts'),
  '/redirect/javascript': redirect('javascript:alert(1)'),
  '/redirect/data': redirect('data:text/html,hello'),
  '/redirect/mailto': redirect('mailto:romeo@example.com'),
  '/redirect/userinfo': ({ url }) => redirect(`http://romeo:juliet@${url.host}/romeo.txt`),
  '/redirect/backslash': ({ url }) => redirect(`http:\\\\${url.host}\\romeo.txt`),
  '/redirect/bad-port': redirect('http://127.0.0.1:25/'),
  '/redirect/loopback-2': ({ url }) => redirect(`http://127.0.0.2:${url.port}/romeo.txt`),
  '/redirect/loopback-6': ({ url }) => redirect(`http://[::1]:${url.port}/romeo.txt`),
  '/redirect/mapped': ({ url }) => redirect(`http://[::ffff:127.0.0.2]:${url.port}/romeo.txt`),
  '/redirect/decimal': ({ url }) => redirect(`http://2130706434:${url.port}/romeo.txt`),
  '/redirect/localhost': ({ url }) => redirect(`http://localhost:${url.port}/romeo.txt`),
  '/redirect/link-local': redirect('http://169.254.169.254/latest/meta-data/'),
  '/redirect/private': redirect('http://10.0.0.1/'),
  '/redirect/metadata-name': redirect('http://metadata.google.internal/'),
  '/redirect/unparsable': redirect('http://[::1/'),
  '/redirect/empty': redirect(''),
  '/redirect/missing': text('nowhere to go', [], '302 Found'),
  '/redirect/several': bare('302 Found', [
    ['Location', '/romeo.txt'],
    ['Location', '/page1.htm'],
    ['Content-Length', '0'],
  ]),
  '/redirect/twice-the-same': bare('302 Found', [
    ['Location', '/romeo.txt'],
    ['location', '/romeo.txt'],
    ['Content-Length', '0'],
  ]),
  '/redirect/cookie': redirect('/echo', 302, [
    ['Set-Cookie', 'session=one; Path=/'],
    ['Set-Cookie', 'second=two; Path=/'],
  ]),
  '/redirect/cookie-end': redirect('/echo', 302, [['Set-Cookie', 'session=; Path=/; Max-Age=0']]),
  '/caf%C3%A9': text('reached as UTF-8'),
  '/caf%E9': text('reached as the byte sent'),
};

import { addressOf, edgesOf, NETWORKS_V4, NETWORKS_V6, numberOf } from './networks.ts';

/** The middle of every IPv4 network that is not public, and the two addresses that matter most. */
export const PRIVATE_V4 = [...NETWORKS_V4.flatMap((network) => edgesOf(network).within.slice(-2, -1)), '127.0.0.1', '169.254.169.254'];

/** The addresses within each network: `10.0.0.0`, `[fe80:0:0:0:0:0:0:0]`, as hosts of URLs. */
export const LITERALS = [...NETWORKS_V4, ...NETWORKS_V6].flatMap((network) => edgesOf(network).within).map(hostOf);

/** An address as the host of a URL. */
export function hostOf(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** The IPv6 addresses that carry an IPv4 address within them, by what they are called. */
export function embeddings(v4: string): Record<string, string> {
  const number = numberOf(v4);
  const hex = addressOf(number, 6).replace('0:0:0:0:0:0:', '');
  const [high = 0, low = 0] = hex.split(':').map((group) => parseInt(group, 16));
  const group = (value: number): string => value.toString(16);
  return {
    mapped: `::ffff:${v4}`,
    'mapped, in hexadecimal': `::ffff:${hex}`,
    'mapped, written out': `0:0:0:0:0:FFFF:${v4}`,
    compatible: `::${v4}`,
    translated: `::ffff:0:${v4}`,
    NAT64: `64:ff9b::${v4}`,
    'local-use NAT64, 96 bits': `64:ff9b:1::${v4}`,
    // RFC 6052, section 2.2: the octet in the middle stays zero.
    'local-use NAT64, 48 bits': `64:ff9b:1:${group(high)}:${group(low >> 8)}:${group((low & 0xff) << 8)}::`,
    '6to4': `2002:${hex}::1`,
    // RFC 4380, section 4: the client's address with its bits turned over.
    Teredo: `2001:0:5db8:d70e:8000:63bf:${group(high ^ 0xffff)}:${group(low ^ 0xffff)}`,
    'Teredo server': `2001:0:${hex}:8000:63bf:a247:28f1`,
    ISATAP: `fe80::5efe:${v4}`,
    'ISATAP, universal': `fe80::200:5efe:${v4}`,
    'ISATAP within a unique local network': `fd00::5efe:${v4}`,
  };
}

function each(text: string, change: (character: string) => string): string {
  return [...text].map(change).join('');
}

function atCodePoint(zero: number): (digit: string) => string {
  return (digit) => (/\d/.test(digit) ? String.fromCodePoint(zero + Number(digit)) : digit);
}

/** Every way to write an IPv4 address that the URL parser takes for one. https://url.spec.whatwg.org/#concept-ipv4-parser */
export function spellings(v4: string): string[] {
  const number = Number(numberOf(v4));
  const parts = v4.split('.').map(Number) as [number, number, number, number];
  const [a, b, c, d] = parts;
  const hex = (value: number): string => `0x${value.toString(16)}`;
  const octal = (value: number): string => `0${value.toString(8)}`;
  return [
    v4,
    `${v4}.`,
    String(number),
    `${String(number)}.`,
    hex(number),
    `0X${number.toString(16).toUpperCase()}`,
    octal(number),
    parts.map(hex).join('.'),
    parts.map(octal).join('.'),
    parts.map((part) => `0x${part.toString(16).padStart(8, '0')}`).join('.'),
    parts.map((part) => `0${part.toString(8).padStart(10, '0')}`).join('.'),
    `${String(a)}.${String((b << 16) | (c << 8) | d)}`,
    `${String(a)}.${String(b)}.${String((c << 8) | d)}`,
    `${hex(a)}.${octal(b)}.${String(c)}.${hex(d)}`,
    `${octal(a)}.${hex((b << 16) | (c << 8) | d)}`,
    each(v4, (character) => `%${character.charCodeAt(0).toString(16)}`),
    v4.replaceAll('.', '%2e'),
    v4.replaceAll('.', '%2E'),
    v4.replaceAll('.', '。'),
    v4.replaceAll('.', '．'),
    v4.replaceAll('.', '｡'),
    v4.replaceAll('.', '%EF%BC%8E'),
    each(v4, atCodePoint(0xff10)),
    each(v4, atCodePoint(0x1d7ce)),
    each(v4, atCodePoint(0x1d7f6)),
    each(v4, (digit) => encodeURIComponent(atCodePoint(0xff10)(digit))),
    each(v4, (digit) => (digit === '.' ? '.' : digit === '0' ? '⓪' : String.fromCodePoint(0x2460 + Number(digit) - 1))),
    `${v4.slice(0, 1)}\u00ad${v4.slice(1)}`,
    `${v4.slice(0, 1)}\u2060${v4.slice(1)}`,
    `${v4.slice(0, 1)}%C2%AD${v4.slice(1)}`,
    `0ｘ${number.toString(16)}`,
  ];
}

/** Other ways to write IPv6 addresses that lead within. */
export const SPELLINGS_V6 = [
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::0001]',
  '[0::1]',
  '[0:0::1]',
  '[::0.0.0.1]',
  '[0:0:0:0:0:0:0.0.0.1]',
  '[::]',
  '[::0.0.0.0]',
  '[::FFFF:127.0.0.1]',
  '[::FFFF:7F00:0001]',
  '[::ffff:0:127.0.0.1]',
  '[FE80::1]',
  '[FD00:EC2::254]',
  '[fd00:0ec2::0254]',
  '[Fec0:0:0:ffff::1]',
  '[64:FF9B::A9FE:A9FE]',
];

/** What is no URL at all, or one that no target may be: refused as the caller's mistake. */
export const MISTAKES = [
  'http://[fe80::1%25lo]/',
  'http://[fe80::1%lo]/',
  'http://[::1%25lo]/',
  'http://[::1%250]/',
  'http://%5B::1%5D/',
  'http://[%3A%3A1]/',
  'http://[::1].example.com/',
  'http://[::ffff:127.0.0.1.]/',
  'http://[::ffff:127.1]/',
  'http://[::ffff:0177.0.0.1]/',
  'http://256.0.0.1/',
  'http://127.0.0.256/',
  'http://127.0.0.1.5/',
  'http://4294967296/',
  'http://0x100000000/',
  'http://127.0.0.08/',
  'http://127.0.0.1%00.example.com/',
  'http://127.0.0.1%20/',
  'http://127.0.0.1%2f@example.com/',
  'http://127.0.0.1%23.example.com/',
  'http://public.example.com@127.0.0.1/',
  'http://public.example.com:80@127.0.0.1/',
  'http://public.example.com%20@127.0.0.1/',
  'http://127.0.0.1@public.example.com/',
  'http:/127.0.0.1@public.example.com/',
  'http:public.example.com:80@127.0.0.1/',
  'http:\\\\127.0.0.1/',
  'http:/\\127.0.0.1/',
  'http://public.example.com\\@127.0.0.1/',
  'http://public.example.com\t@127.0.0.1/',
  'ht\ntp://127.0.0.1/',
  '\u0000http://127.0.0.1/',
  'http://127.0.0.1\r\nHost: public.example.com/',
  'ftp://127.0.0.1/',
  'file://127.0.0.1/etc/passwd',
  'gopher://127.0.0.1/_GET',
  'ws://127.0.0.1/',
  'unix:/var/run/docker.sock',
  'http+unix://%2Fvar%2Frun%2Fdocker.sock/',
  'view-source:http://127.0.0.1/',
  'jar:http://127.0.0.1!/',
  'blob:http://127.0.0.1/x',
  'javascript:fetch("http://127.0.0.1/")',
  '//127.0.0.1/',
  '127.0.0.1',
];

/** Ways to write the rest of a URL around a host, none of which changes where it leads. */
export const AROUND = [
  'http://HOST',
  'HTTP://HOST/',
  ' http://HOST/ ',
  'http:HOST/',
  'http:/HOST/',
  'http:///HOST/',
  'http://HOST:80/',
  'http://HOST:0080/',
  'http://HOST:8080/',
  'https://HOST/',
  'http://HOST?x',
  'http://HOST#x',
  'http://HOST/#@public.example.com/',
  'http://HOST/%2e%2e/@public.example.com',
];

/** Names that never mean a public host, whatever a name server says. */
export const SPECIAL_NAMES = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'ｌｏｃａｌｈｏｓｔ',
  'loc%61lhost',
  'ℓocalhost',
  'a.localhost',
  'a.b.localhost.',
  'localhost.localdomain',
  'ip6-loopback',
  'intranet',
  'wpad',
  'metadata',
  'metadata.google.internal',
  'METADATA.GOOGLE.INTERNAL.',
  'instance-data.ec2.internal',
  'kubernetes.default.svc.cluster.local',
  'printer.local',
  'box.lan',
  'nas.home',
  'router.home.arpa',
  'home.arpa',
  'mail.corp',
  'wiki.intranet',
  'x.test',
  'x.invalid',
  'x.alt',
  'x.onion',
  'x.i2p',
  '中.localhost',
  'xn--localhost',
];

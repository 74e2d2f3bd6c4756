import type { NameRecord } from '../support/name-server.ts';
import { edgesOf, NETWORKS_V4, NETWORKS_V6 } from './networks.ts';
import { embeddings, PRIVATE_V4, SPECIAL_NAMES } from './tries.ts';

/** Where the origin of the tests is. */
export const PUBLIC = '93.184.215.14';
export const PUBLIC_V6 = '2606:2800:21f:cb07:6820:80da:af6b:8b2c';
export const ORIGIN = 'http://public.example.com';

/** Addresses that names lead to, each of them not public. */
const HIDDEN = [
  ...[...NETWORKS_V4, ...NETWORKS_V6].map((network) => edgesOf(network).within.at(-1) ?? ''),
  ...PRIVATE_V4,
  ...Object.values(embeddings('10.1.2.3')),
];

/** What name servers can do to us, by name. */
export const RECORDS: Record<string, NameRecord> = {
  'public.example.com': [PUBLIC],
  'public-6.example.com': [PUBLIC_V6],
  'both.example.com': [PUBLIC, PUBLIC_V6],
  ...Object.fromEntries(HIDDEN.map((address, index) => [`hidden-${String(index)}.example.com`, [address]])),
  'first.example.com': ['10.1.2.3', PUBLIC],
  'last.example.com': [PUBLIC, '10.1.2.3'],
  'other-family.example.com': [PUBLIC, 'fd00::1'],
  'other-family-4.example.com': [PUBLIC_V6, '10.1.2.3'],
  'mapped.example.com': [PUBLIC, '::ffff:10.1.2.3'],
  'only-mapped.example.com': ['::ffff:169.254.169.254'],
  'one-of-many.example.com': [...Array.from({ length: 20 }, (_, index) => `93.184.215.${String(index)}`), '10.1.2.3'],
  'alias.example.com': ['CNAME hidden-0.example.com'],
  'alias-twice.example.com': ['CNAME alias.example.com'],
  'alias-mixed.example.com': ['CNAME last.example.com'],
  'wild_card.example.com': ['10.1.2.3'],
  'xn--fiqs8s.example.com': ['10.1.2.3'],
  'turning.example.com': (asked) => [asked % 2 === 0 ? PUBLIC : '127.0.0.1'],
  'turning-6.example.com': (asked) => [asked % 2 === 0 ? PUBLIC_V6 : '::1'],
  'turning-once.example.com': (asked) => [asked === 0 ? PUBLIC : '169.254.169.254'],
  ...Object.fromEntries(SPECIAL_NAMES.map((name) => [name.toLowerCase().replace(/\.$/, ''), [PUBLIC]])),
};

/** What the hosts file says. */
export const HOSTS =
  '10.1.2.3 by-file.example.com\n93.184.215.14 mixed-by-file.example.com\n::1 mixed-by-file.example.com\nfe80::1%lo zone.example.com\n';

/** Names of the records and of the hosts file that must not be reached. */
export const NAMES = [
  ...Object.keys(RECORDS).filter((name) => !/^(public|both|turning)/.test(name) && name.endsWith('.example.com')),
  'HIDDEN-0.EXAMPLE.COM',
  'hidden-0.example.com.',
  'hidden%2d0.example.com',
  'ｈｉｄｄｅｎ-0.example.com',
  'hidden-0。example。com',
  '中国.example.com',
  'by-file.example.com',
  'BY-FILE.example.com.',
  'mixed-by-file.example.com',
  'zone.example.com',
];

/** A target of each kind, for what is tried at every endpoint. */
export const OF_EACH_KIND = [
  'http://127.0.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://0xa010203/',
  'http://[::1]/',
  'http://[::ffff:10.1.2.3]:8080/',
  'https://[2002:a01:203::1]/',
  'http://localhost/',
  'http://hidden-0.example.com/',
  'http://last.example.com/',
  'http://alias.example.com:8080/',
  'http://only-mapped.example.com/',
  'http://by-file.example.com/',
];

/** Locations that lead within, as an origin sends them. */
export const LOCATIONS = [
  'http://127.0.0.1/',
  'http://10.1.2.3',
  'HTTP://10.1.2.3/',
  'http://167838211/',
  'http://0x0a.1.0x203/',
  'http://012.1.515/',
  'http://%31%30.1.2.3/',
  // Full-width digits, as the bytes of UTF-8.
  'http://\xef\xbc\x91\xef\xbc\x90.1.2.3/',
  'http://10.1.2.3:8080/',
  'https://10.1.2.3/',
  'https:10.1.2.3/',
  '//10.1.2.3/',
  '///10.1.2.3/',
  '//[::1]:8080/',
  'http://[::ffff:a01:203]/',
  'http://[64:ff9b::10.1.2.3]/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://public.example.com@10.1.2.3/',
  '//public.example.com@10.1.2.3/',
  'http://romeo:juliet@public.example.com/',
  'https:/romeo:juliet@public.example.com/',
  'http:\\\\10.1.2.3/',
  '/\\10.1.2.3/',
  '\\\\10.1.2.3/',
  'ht\ttp://10.1.2.3/',
  'http://localhost/',
  '//metadata.google.internal/computeMetadata/v1/',
  'http://hidden-0.example.com/',
  '//last.example.com:8080/',
  'http://alias.example.com/',
  'http://by-file.example.com/',
  'ftp://10.1.2.3/',
  'file:///etc/passwd',
];

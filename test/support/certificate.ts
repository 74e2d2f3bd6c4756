import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/** A key, and its certificate followed by those of the authorities below the root, in PEM. */
export interface Identity {
  key: string;
  cert: string;
}

/** What a certificate says. */
interface Claims {
  commonName: string;
  /** Host names and addresses. */
  names?: readonly string[];
  validFrom?: Date;
  validTo?: Date;
}

const OIDS = {
  commonName: '550403',
  ecdsaWithSha256: '2a8648ce3d040302',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
} as const;
const ALGORITHM = der(0x30, oid('ecdsaWithSha256'));
const DAY_MS = 86_400_000;

/** Distinguished Encoding Rules: tag, length, content. ITU-T X.690. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const prefix = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...prefix]), content]);
}

function oid(name: keyof typeof OIDS): Buffer {
  return der(0x06, Buffer.from(OIDS[name], 'hex'));
}

function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function distinguishedName(commonName: string): Buffer {
  return der(0x30, der(0x31, der(0x30, oid('commonName'), der(0x0c, Buffer.from(commonName)))));
}

/** RFC 5280, section 4.2.1.6. */
function generalName(name: string): Buffer {
  if (isIPv4(name)) return der(0x87, Buffer.from(name.split('.').map(Number)));
  if (!isIPv6(name)) return der(0x82, Buffer.from(name));
  const [before = '', after = ''] = name.split('::');
  const groups = (half: string): number[] => (half === '' ? [] : half.split(':').map((group) => parseInt(group, 16)));
  const filling = name.includes('::') ? 8 - groups(before).length - groups(after).length : 0;
  const words = [...groups(before), ...Array.from({ length: filling }, () => 0), ...groups(after)];
  return der(0x87, Buffer.from(words.flatMap((word) => [word >> 8, word & 0xff])));
}

/** RFC 5280, section 4.2. */
function extensions(names: readonly string[], isAuthority: boolean): Buffer {
  const yes = der(0x01, Buffer.from([0xff]));
  const constraints = isAuthority ? [der(0x30, oid('basicConstraints'), yes, der(0x04, der(0x30, yes)))] : [];
  const alternatives = names.length > 0 ? [der(0x30, oid('subjectAltName'), der(0x04, der(0x30, ...names.map(generalName))))] : [];
  const all = [...constraints, ...alternatives];
  return all.length === 0 ? Buffer.alloc(0) : der(0xa3, der(0x30, ...all));
}

function pem(label: string, bytes: Buffer): string {
  return `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/.{64}(?!$)/g, '$&\n')}\n-----END ${label}-----\n`;
}

/** Whoever signs: a name and a key. */
interface Signer {
  commonName: string;
  privateKey: KeyObject;
}

/** Makes a key and a certificate of it; without a signer it signs itself. Valid from yesterday for two days. RFC 5280. */
function certify(claims: Claims, isAuthority: boolean, by: Signer | null): Signer & Identity {
  const { commonName, names = [], validFrom = new Date(Date.now() - DAY_MS), validTo = new Date(Date.now() + DAY_MS) } = claims;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certified = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ALGORITHM,
    distinguishedName(by?.commonName ?? commonName),
    der(0x30, utcTime(validFrom), utcTime(validTo)),
    distinguishedName(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions(names, isAuthority),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', certified, by?.privateKey ?? privateKey));
  return {
    commonName,
    privateKey,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem('CERTIFICATE', der(0x30, certified, ALGORITHM, signature)),
  };
}

/** Makes a certificate that nobody has reason to trust. */
export function selfSigned(commonName = 'origin.example'): Identity {
  return certify({ commonName }, false, null);
}

/** One who signs certificates: trusted where its own is. */
export class CertificateAuthority {
  readonly #self: Signer & Identity;
  /** The certificates of the authorities below the root, this one's first. */
  readonly #intermediates: string;

  /** A root, or an authority that `above` vouches for. */
  constructor(commonName: string, above: CertificateAuthority | null = null) {
    this.#self = certify({ commonName }, true, above === null ? null : above.#self);
    this.#intermediates = above === null ? '' : this.#self.cert + above.#intermediates;
  }

  /** Its own certificate. */
  get cert(): string {
    return this.#self.cert;
  }

  /** A certificate for a server, with those that lead up to the root's. */
  issue(claims: Claims): Identity {
    const { key, cert } = certify(claims, false, this.#self);
    return { key, cert: cert + this.#intermediates };
  }
}

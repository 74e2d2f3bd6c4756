import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and a certificate that signs itself, in PEM. */
export interface SelfSigned {
  key: string;
  cert: string;
}

const OIDS = { commonName: '550403', ecdsaWithSha256: '2a8648ce3d040302' } as const;

/** Distinguished Encoding Rules: tag, length, content. ITU-T X.690. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const prefix = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...prefix]), content]);
}

function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

/** Makes a certificate for a name that nobody has reason to trust: valid from yesterday for two days. RFC 5280. */
export function selfSigned(commonName = 'origin.example'): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(0x30, der(0x06, Buffer.from(OIDS.ecdsaWithSha256, 'hex')));
  const name = der(0x30, der(0x31, der(0x30, der(0x06, Buffer.from(OIDS.commonName, 'hex')), der(0x0c, Buffer.from(commonName)))));
  const day = 86_400_000;
  const validity = der(0x30, utcTime(new Date(Date.now() - day)), utcTime(new Date(Date.now() + day)));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.from([1]));
  const subjectPublicKey = publicKey.export({ type: 'spki', format: 'der' });
  const certified = der(0x30, version, serial, algorithm, name, validity, name, subjectPublicKey);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', certified, privateKey));
  const cert = der(0x30, certified, algorithm, signature).toString('base64').replace(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert}\n-----END CERTIFICATE-----\n`,
  };
}

import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { tlsFault } from './tls-fault.ts';

/** What TLS has agreed on, and with whom. */
export interface TlsFacts {
  protocol: string | null;
  cipher: string | null;
  alpn: string | null;
  authorized: boolean;
  /** Why not, in words. */
  authorizationError: string | null;
  /** The first of the chain. */
  certificate: CertificateFacts | null;
  /**
   * The server's certificate, then each time the one of its issuer: as far as the server sent them, or this machine
   * trusts them.
   */
  chain: CertificateFacts[];
}

/** A certificate. Times are ISO 8601. */
export interface CertificateFacts {
  subject: string;
  issuer: string;
  names: string[];
  validFrom: string;
  validTo: string;
  fingerprint256: string;
  serialNumber: string;
}

/** Longer chains are told as far as this. */
const MAX_CHAIN = 10;

/** What a socket knows once TLS is agreed on. No session is resumed here, so every connection has seen the certificates. */
export function tlsFacts(socket: TLSSocket): TlsFacts {
  const chain = chainOf(socket);
  return {
    protocol: socket.getProtocol(),
    cipher: socket.getCipher().standardName,
    alpn: socket.alpnProtocol === false ? null : socket.alpnProtocol,
    authorized: socket.authorized,
    // Node.js has its code here, although its types say Error.
    authorizationError: socket.authorized ? null : tlsFault(String(socket.authorizationError)).words,
    certificate: chain[0] ?? null,
    chain,
  };
}

/** Not by getPeerX509Certificate(): that takes the certificates out of the connection and never frees them (Node.js 24). */
function chainOf(socket: TLSSocket): CertificateFacts[] {
  const chain: CertificateFacts[] = [];
  const seen = new Set<object>();
  // Without a certificate the object is empty, at the end of an incomplete chain there is none: the types know neither.
  let certificate = socket.getPeerCertificate(true) as Partial<DetailedPeerCertificate> | undefined;
  // The issuer of a self-signed certificate is that certificate itself.
  while (certificate?.raw !== undefined && !seen.has(certificate) && chain.length < MAX_CHAIN) {
    seen.add(certificate);
    chain.push(certificateFacts(new X509Certificate(certificate.raw)));
    certificate = certificate.issuerCertificate;
  }
  return chain;
}

function certificateFacts(certificate: X509Certificate): CertificateFacts {
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    issuer: certificate.issuer.replaceAll('\n', ', '),
    names: namesOf(certificate.subjectAltName ?? ''),
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
    fingerprint256: certificate.fingerprint256,
    serialNumber: certificate.serialNumber,
  };
}

/** Splits at commas outside of quotation marks: a name with odd characters is told as a JSON string. */
function namesOf(subjectAltName: string): string[] {
  return subjectAltName.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g)?.map((name) => name.trim()) ?? [];
}

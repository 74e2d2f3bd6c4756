/** What is wrong with a certificate or with TLS itself. */
export interface TlsFault {
  words: string;
  /** The connection would do without the checks of the certificate. */
  isCertificate: boolean;
}

/** A certificate's fault, by OpenSSL's or Node.js' name for it. https://docs.openssl.org/3.5/man3/X509_STORE_CTX_get_error/ */
const CERTIFICATE: readonly (readonly [RegExp, string])[] = [
  [/^CERT_HAS_EXPIRED$/, 'the certificate, or one of its authorities, has expired'],
  [/^CERT_NOT_YET_VALID$/, 'the certificate, or one of its authorities, is not valid yet'],
  [/^ERROR_IN_CERT_NOT_(BEFORE|AFTER)_FIELD$/, 'the validity of the certificate cannot be read'],
  [/^DEPTH_ZERO_SELF_SIGNED_CERT$/, 'the certificate is self-signed'],
  [/^SELF_SIGNED_CERT_IN_CHAIN$/, 'the certificate is signed by an authority that is not trusted'],
  [
    /^UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)$/,
    'the certificate is signed by an authority that is not trusted, or the chain is incomplete',
  ],
  [/^ERR_TLS_CERT_ALTNAME_/, 'the certificate is for another host'],
  [/^HOSTNAME_MISMATCH$/, 'the certificate is for another host'],
  [/^CERT_(REVOKED|REJECTED|UNTRUSTED)$/, 'the certificate is revoked or rejected'],
  [/^CERT_SIGNATURE_FAILURE$/, 'the signature of the certificate is wrong'],
  [/^(INVALID_CA|PATH_LENGTH_EXCEEDED|KEYUSAGE_NO_CERTSIGN)$/, 'the certificate is signed by one that is no authority'],
  [/^INVALID_PURPOSE$/, 'the certificate is not meant for a server'],
  [/^(EE|CA)_KEY_TOO_SMALL$|^CA_MD_TOO_WEAK$/, 'a key or a signature in the chain of the certificate is too weak'],
  [/^(CERT_CHAIN_TOO_LONG|CERT_|UNABLE_TO_|SUBTREE|PERMITTED|EXCLUDED|UNHANDLED_CRITICAL)/, 'the certificate cannot be verified'],
];

/** A fault of TLS itself, by OpenSSL's name for it. The alerts are those of RFC 8446, section 6.2. */
const PROTOCOL: readonly (readonly [RegExp, string])[] = [
  [/^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|HTTPS_PROXY_REQUEST)$/, 'the port does not speak TLS'],
  [
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|UNSUPPORTED_SSL_VERSION|INSUFFICIENT_SECURITY/,
    'no common protocol: the server knows only versions of TLS older than 1.2',
  ],
  [/HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS|WRONG_CIPHER|NO_SUITABLE|NO_SHARED_GROUP/, 'no common cipher or key exchange'],
  [/NO_APPLICATION_PROTOCOL/, 'the server does not offer HTTP/1.1 over TLS'],
  [/UNRECOGNIZED_NAME/, 'the server knows no host of that name'],
  [/CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN|ACCESS_DENIED/, 'the server wants a certificate of its client'],
  [/DH_KEY_TOO_SMALL|KEY_TOO_SMALL|MD_TOO_WEAK|LEGACY_SIGALG/, 'the keys or signatures that the server uses are too weak'],
  [/UNSAFE_LEGACY_RENEGOTIATION/, 'the server knows only the unsafe kind of renegotiation'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED)$/, 'the connection was closed before TLS was agreed on'],
];

/** A fault by its code, in words that name the code, too. */
export function tlsFault(code: string): TlsFault {
  const ofCertificate = CERTIFICATE.find(([pattern]) => pattern.test(code));
  const [, words] = ofCertificate ?? PROTOCOL.find(([pattern]) => pattern.test(code)) ?? [null, 'TLS could not be agreed on'];
  return { words: code === '' ? words : `${words} (${code})`, isCertificate: ofCertificate !== undefined };
}

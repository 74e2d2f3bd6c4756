import { describe, expect, it } from '@jest/globals';
import { connectError, exchangeError } from './exchange-error.ts';

const ORIGIN = 'https://example.com:443';

function failure(code: string): Error {
  return Object.assign(new Error('an error of Node.js'), { code });
}

describe('connectError', () => {
  it.each([
    ['CERT_HAS_EXPIRED', /has expired/],
    ['CERT_REVOKED', /revoked/],
    ['CERT_CHAIN_TOO_LONG', /cannot be verified/],
    ['EE_KEY_TOO_SMALL', /too weak/],
  ])('says of %s that the certificate is at fault, and what would do without it', (code, words) => {
    const { message, phase } = connectError(failure(code), 'tls', ORIGIN, false);
    expect(message).toMatch(words);
    expect(message).toContain(`(${code})`);
    expect(message).toContain('insecureTls=true');
    expect(phase).toBe('tls');
  });

  it.each([
    ['ERR_SSL_WRONG_VERSION_NUMBER', /does not speak TLS/],
    ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', /no host of that name/],
    ['ERR_SSL_DH_KEY_TOO_SMALL', /too weak/],
    ['ERR_SSL_SOMETHING_NEW', /could not be agreed on \(ERR_SSL_SOMETHING_NEW\)/],
    ['ECONNRESET', /closed before TLS was agreed on/],
  ])('says of %s what is wrong, and does not advise what would not help', (code, words) => {
    const error = connectError(failure(code), 'tls', ORIGIN, false);
    expect([error.code, error.phase]).toEqual(['TLS_FAILED', 'tls']);
    expect(error.message).toMatch(words);
    expect(error.message).not.toContain('insecureTls');
  });
});

describe('exchangeError', () => {
  it("counts the server's wish for a certificate, which comes after the handshake, to TLS", () => {
    const error = exchangeError(failure('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'firstByte', `${ORIGIN}/`);
    expect([error.code, error.phase]).toEqual(['TLS_FAILED', 'tls']);
    expect(error.message).toMatch(/wants a certificate of its client/);
  });
});

import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { isSecret, makeSecret, signatureFields } from './sign.ts';

describe('a signature', () => {
  it('is that of the test of Standard Webhooks', () => {
    const fields = signatureFields(
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1_614_265_330_999),
      '{"test": 2432232314}',
    );
    expect(fields).toEqual([
      { name: 'webhook-id', value: 'msg_p5jXN8AQM9LWM0D4loKWxJek' },
      { name: 'webhook-timestamp', value: '1614265330' },
      { name: 'webhook-signature', value: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' },
    ]);
  });

  it('is believed by a receiver with the same secret, of the same text alone', () => {
    const secret = makeSecret();
    const fields = signatureFields([secret], 'msg_1', new Date(), '{"text":"もし"}');
    const headers = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
    expect(new Webhook(secret).verify('{"text":"もし"}', headers)).toEqual({ text: 'もし' });
    expect(() => new Webhook(secret).verify('{"text":"other"}', headers)).toThrow();
    expect(() => new Webhook(makeSecret()).verify('{"text":"もし"}', headers)).toThrow();
  });
});

describe('a signature by several secrets', () => {
  it('is believed by a receiver with any of them', () => {
    const secrets = [makeSecret(), makeSecret()];
    const headers = Object.fromEntries(signatureFields(secrets, 'msg_1', new Date(), '{}').map(({ name, value }) => [name, value]));
    expect(headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/);
    for (const secret of secrets) expect(new Webhook(secret).verify('{}', headers)).toEqual({});
    expect(() => new Webhook(makeSecret()).verify('{}', headers)).toThrow();
  });
});

describe('a secret', () => {
  const ofBytes = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

  it.each([ofBytes(24), ofBytes(25), ofBytes(64), makeSecret()])('may be %s', (text) => {
    expect(isSecret(text)).toBe(true);
  });

  it.each(['', 'secret', ofBytes(23), ofBytes(65), ofBytes(32).slice(6), `${ofBytes(24)}=`, `${ofBytes(32)}\n`])('is not %j', (text) => {
    expect(isSecret(text)).toBe(false);
  });
});

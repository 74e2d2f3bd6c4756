import { createHmac, randomBytes } from 'node:crypto';

/** Before the base64 of a secret. */
const PREFIX = 'whsec_';
/** Bytes of a secret: at least, at most, and of one that is made here. */
const SHORTEST = 24;
const LONGEST = 64;
const MADE = 32;

/** A secret of random bytes. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme */
export function makeSecret(): string {
  return PREFIX + randomBytes(MADE).toString('base64');
}

/** Whether a text is a secret: `whsec_` and 24 to 64 bytes in base64. */
export function isSecret(text: string): boolean {
  if (!text.startsWith(PREFIX)) return false;
  const bytes = keyOf(text);
  return bytes.length >= SHORTEST && bytes.length <= LONGEST && PREFIX + bytes.toString('base64') === text;
}

/**
 * The fields that tell a receiver what a message is and that it is ours. The id is the same in each attempt; the time is that of the attempt,
 * so that a message that somebody else sends again is too old. By each of the secrets there is a signature: a receiver looks for one by its own.
 */
export function signatureFields(secrets: readonly string[], id: string, at: Date, body: string): { name: string; value: string }[] {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatureOf = (secret: string): string => createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return [
    { name: 'webhook-id', value: id },
    { name: 'webhook-timestamp', value: timestamp },
    { name: 'webhook-signature', value: secrets.map((secret) => `v1,${signatureOf(secret)}`).join(' ') },
  ];
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}

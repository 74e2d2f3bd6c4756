import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CopyButton } from '../copy-button.tsx';
import { RECEIVERS } from './receivers.ts';

type Language = keyof typeof RECEIVERS;

/** How a receiver finds out that a message is of this server, and a program that does. */
export function ReceiverShown(): JSX.Element {
  const [language, setLanguage] = useState<Language>('Node.js');
  return (
    <section aria-labelledby="receiver">
      <h2 id="receiver">How a receiver verifies it</h2>
      <p>
        Messages are signed by{' '}
        <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>:{' '}
        <code>webhook-id</code> is the same in each attempt, <code>webhook-timestamp</code> is the attempt’s, and{' '}
        <code>webhook-signature</code> has an HMAC-SHA256 of <code>id.timestamp.body</code> for each secret that is in force. The secret is
        told once, where it is made. There are libraries for most languages; without one it is this much:
      </p>
      <div class="request-shown" role="group" aria-label="A receiver">
        <div class="request-head">
          <div class="segments" role="group" aria-label="Language of the receiver">
            {(Object.keys(RECEIVERS) as Language[]).map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={name === language}
                onClick={() => {
                  setLanguage(name);
                }}
              >
                {name}
              </button>
            ))}
          </div>
          <CopyButton text={() => RECEIVERS[language]} label="Copy the receiver" />
        </div>
        <pre class="request-text receiver-text" tabIndex={0} aria-label={`A receiver in ${language}`}>
          {RECEIVERS[language]}
        </pre>
      </div>
    </section>
  );
}

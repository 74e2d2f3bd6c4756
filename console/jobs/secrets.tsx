import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CopyButton } from '../copy-button.tsx';

/** Secrets that were told in an answer, by the webhooks that they are of: kept until the page is left, and nowhere else. */
const told = new Map<string, string>();

/** What is answered about something with a webhook. */
interface Answer {
  webhook?: { id: string; secret: string | null } | null;
}

/** Keeps the secret of an answer, which is told once, until somebody has seen it. */
export function keepSecret(answer: Answer): void {
  const { webhook } = answer;
  if (webhook != null && webhook.secret !== null) told.set(webhook.id, webhook.secret);
}

/** The secret of a webhook, where it was told to this page, until it is put away. */
export function SecretTold({ webhook }: { webhook: string }): JSX.Element | null {
  const [, setRound] = useState(0);
  const secret = told.get(webhook);
  if (secret === undefined) return null;
  return (
    <div class="secret-told" role="status">
      <p>
        <strong>The secret of its webhook, told this once.</strong> Give it to whoever receives what is posted: it verifies by it that a
        message is of this server.
      </p>
      <p class="tools">
        <code>{secret}</code>
        <CopyButton text={() => secret} label="Copy the secret" />
        <button
          type="button"
          class="button small"
          onClick={() => {
            told.delete(webhook);
            setRound((now) => now + 1);
          }}
        >
          I have it
        </button>
      </p>
    </div>
  );
}

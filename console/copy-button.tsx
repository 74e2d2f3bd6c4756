import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** How long it says that it has copied, in milliseconds. */
const SAID_MS = 1500;

/** Copies a text, made when it is asked for. */
export function CopyButton({ text, label = 'Copy' }: { text: () => string; label?: string }): JSX.Element {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return undefined;
    const timer = setTimeout(() => {
      setSaid(null);
    }, SAID_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [said]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setSaid('Copied');
    } catch {
      // Over plain HTTP, but on localhost, browsers have no clipboard for pages.
      setSaid(copyBySelection(text()) ? 'Copied' : 'Not allowed');
    }
  };
  return (
    <button type="button" class="button small" onClick={() => void copy()} aria-live="polite">
      {said ?? label}
    </button>
  );
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'aside';
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way where there is no clipboard API
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

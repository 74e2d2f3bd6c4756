import type { JSX } from 'preact';

/** Where a URL is typed. */
export function UrlField({ about, url, onInput }: { about: string; url: string; onInput: (url: string) => void }): JSX.Element {
  return (
    <label class="field">
      <span>{about}</span>
      <input
        type="text"
        inputMode="url"
        required
        autocomplete="off"
        spellcheck={false}
        aria-label="URL"
        placeholder="https://example.com/"
        value={url}
        onInput={({ currentTarget }) => {
          onInput(currentTarget.value);
        }}
      />
    </label>
  );
}

import type { JSX } from 'preact';
import type { Asked } from './contract.ts';
import { AGENTS, fieldsOf, METHODS } from './request-parts.ts';

/** What becomes undefined is no longer said. */
export type Change = { [Name in keyof Asked]?: Asked[Name] | undefined };

interface DrawerProps {
  asked: Asked;
  edit: (change: Change) => void;
  /** Header fields and cookies as they are being typed. */
  drafts: { headers: string; cookies: string };
  setDrafts: (drafts: { headers: string; cookies: string }) => void;
}

/** All that a request can say besides its URL. */
export function Drawer({ asked, edit, drafts, setDrafts }: DrawerProps): JSX.Element {
  const numberField = (name: 'timeoutMs' | 'maxRedirects' | 'maxBytes', label: string, placeholder: string): JSX.Element => (
    <label class="field">
      <span>{label}</span>
      <input
        type="number"
        min="0"
        inputMode="numeric"
        placeholder={placeholder}
        value={asked[name] ?? ''}
        onInput={({ currentTarget }) => {
          edit({ [name]: currentTarget.value === '' ? undefined : currentTarget.valueAsNumber });
        }}
      />
    </label>
  );
  const textField = (name: 'userAgent' | 'acceptLanguage' | 'encoding', label: string, placeholder: string, list?: string): JSX.Element => (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        placeholder={placeholder}
        list={list}
        autocomplete="off"
        spellcheck={false}
        value={asked[name] ?? ''}
        onInput={({ currentTarget }) => {
          edit({ [name]: currentTarget.value });
        }}
      />
    </label>
  );
  return (
    <section class="drawer" id="drawer" aria-label="What the request says">
      <div class="drawer-column">
        <label class="field">
          <span>Method</span>
          <input
            type="text"
            list="methods"
            placeholder="GET"
            autocomplete="off"
            spellcheck={false}
            value={asked.method ?? ''}
            onInput={({ currentTarget }) => {
              edit({ method: currentTarget.value });
            }}
          />
          <datalist id="methods">
            {METHODS.map((method) => (
              <option key={method} value={method} />
            ))}
          </datalist>
        </label>
        <label class="field">
          <span>Speak</span>
          <select
            value={asked.httpVersion ?? '1.1'}
            onChange={({ currentTarget }) => {
              edit({ httpVersion: currentTarget.value === '1.0' ? '1.0' : undefined });
            }}
          >
            <option value="1.1">HTTP/1.1</option>
            <option value="1.0">HTTP/1.0, as by telnet</option>
          </select>
        </label>
        <label class="field">
          <span>Cache</span>
          <select
            value={asked.cache ?? 'default'}
            onChange={({ currentTarget }) => {
              const { value } = currentTarget;
              edit({ cache: value === 'reload' || value === 'only-if-cached' ? value : undefined });
            }}
          >
            <option value="default">as HTTP allows</option>
            <option value="reload">retrieve anew</option>
            <option value="only-if-cached">only what is stored</option>
          </select>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={asked.insecureTls ?? false}
            onChange={({ currentTarget }) => {
              edit({ insecureTls: currentTarget.checked });
            }}
          />
          <span>Do not check the certificate</span>
        </label>
      </div>
      <div class="drawer-column">
        {numberField('timeoutMs', 'Timeout, ms', 'what the server allows')}
        {numberField('maxRedirects', 'Redirects', '10')}
        {numberField('maxBytes', 'Most bytes', 'what the server allows')}
        {textField('encoding', 'Decode as', 'what the page declares')}
      </div>
      <div class="drawer-column wide">
        {textField('userAgent', 'User agent', 'Pagewire’s own', 'agents')}
        <datalist id="agents">
          {AGENTS.map(([name, agent]) => (
            <option key={name} value={agent} label={name} />
          ))}
        </datalist>
        {textField('acceptLanguage', 'Languages', 'none; such as de, en;q=0.5')}
        <label class="field">
          <span>Content to send</span>
          <textarea
            rows={2}
            spellcheck={false}
            value={asked.content ?? ''}
            onInput={({ currentTarget }) => {
              edit({ content: currentTarget.value });
            }}
          />
        </label>
      </div>
      <div class="drawer-column wide">
        <label class="field">
          <span>Header fields, one a line</span>
          <textarea
            rows={3}
            spellcheck={false}
            placeholder="Accept: text/html"
            value={drafts.headers}
            onInput={({ currentTarget }) => {
              setDrafts({ ...drafts, headers: currentTarget.value });
              edit({ headers: fieldsOf(currentTarget.value, ':') });
            }}
          />
        </label>
        <label class="field">
          <span>Cookies, one a line</span>
          <textarea
            rows={2}
            spellcheck={false}
            placeholder="session=31d4d96e"
            value={drafts.cookies}
            onInput={({ currentTarget }) => {
              setDrafts({ ...drafts, cookies: currentTarget.value });
              edit({ cookies: fieldsOf(currentTarget.value, '=') });
            }}
          />
        </label>
        <p class="hint">Header fields, cookies and content are not part of the address: what you share has no secrets in it.</p>
      </div>
    </section>
  );
}

import type { JSX } from 'preact';
import { typedUrl } from '../asked.ts';
import { type Form, membersNamed } from './fields.tsx';

/** What a form says of a webhook is kept under this name. */
const GROUP = 'webhook';

/** What begins something that may have a webhook. */
type Announcer = 'BatchBody' | 'CrawlBody' | 'WatchBody';

/** The types of what is told of it, which the contract names. */
const typesOf = (of: Announcer): string[] =>
  membersNamed(of, ['webhook']).flatMap(([, { description = '' }]) =>
    Array.from(description.matchAll(/`(\w+\.[\w.]+)`/g), ([, type = '']) => type),
  );

/** Where something is told, which of it, and what signs it. */
export function WebhookFields({ of, form: { filled, fill } }: { of: Announcer; form: Form }): JSX.Element {
  const types = typesOf(of);
  const said = filled[GROUP] ?? {};
  const wanted = said['events']?.split(',') ?? types;
  return (
    <div class="webhook-fields">
      <label class="field">
        <span>Posted to</span>
        <input
          type="text"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          placeholder="https://example.com/hook"
          value={said['url'] ?? ''}
          onInput={({ currentTarget }) => {
            fill(GROUP, 'url', currentTarget.value);
          }}
        />
      </label>
      {(said['url'] ?? '').trim() !== '' && (
        <>
          <fieldset class="choices">
            <legend>Which events</legend>
            {types.map((type) => (
              <label key={type} class="check">
                <input
                  type="checkbox"
                  checked={wanted.includes(type)}
                  onChange={({ currentTarget }) => {
                    const next = types.filter((one) => (one === type ? currentTarget.checked : wanted.includes(one)));
                    fill(GROUP, 'events', next.join(','));
                  }}
                />
                <span>{type}</span>
              </label>
            ))}
          </fieldset>
          <label class="field">
            <span>Secret; without one it is made, and told once</span>
            <input
              type="text"
              autocomplete="off"
              spellcheck={false}
              placeholder="whsec_…"
              value={said['secret'] ?? ''}
              onInput={({ currentTarget }) => {
                fill(GROUP, 'secret', currentTarget.value);
              }}
            />
          </label>
        </>
      )}
    </div>
  );
}

/** What was said, as a request has it; nothing where there is no URL. */
export function webhookOf(of: Announcer, filled: Form['filled'], faults: string[]): { webhook?: string | object } {
  const { url = '', events, secret = '' } = filled[GROUP] ?? {};
  if (url.trim() === '') return {};
  if (events === '') faults.push('webhook: choose one event at least.');
  const list = events === undefined || events === typesOf(of).join(',') ? null : events.split(',');
  const to = typedUrl(url.trim());
  if (list === null && secret === '') return { webhook: to };
  return { webhook: { url: to, ...(list !== null && { events: list }), ...(secret !== '' && { secret: secret.trim() }) } };
}

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { AGENTS, fieldsOf, linesOf, METHODS } from './request-parts.ts';
import { MOST_VARIANTS, said, type Variant } from './variants.ts';

/** A variant while it is typed: its lists as the text that they are written as. */
interface Draft {
  /** Tells it from the others while it is here. */
  key: number;
  variant: Variant;
  headers: string;
  cookies: string;
}

let keys = 0;

function draftOf(variant: Variant): Draft {
  keys += 1;
  return { key: keys, variant, headers: linesOf(variant.headers ?? [], ': '), cookies: linesOf(variant.cookies ?? [], '=') };
}

interface VariantEditorProps {
  variants: readonly Variant[];
  onCompare: (variants: readonly Variant[]) => void;
  onCancel?: () => void;
}

/** Two variants of a request or more, to be written by hand. */
export function VariantEditor({ variants, onCompare, onCancel }: VariantEditorProps): JSX.Element {
  const [drafts, setDrafts] = useState(() => variants.map(draftOf));
  const change = (key: number, next: Partial<Draft>): void => {
    setDrafts((now) => now.map((draft) => (draft.key === key ? { ...draft, ...next } : draft)));
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    onCompare(
      drafts.map(({ variant, headers, cookies }, index) =>
        said({
          ...variant,
          name: (variant.name ?? '').trim() || String(index + 1),
          headers: fieldsOf(headers, ':'),
          cookies: fieldsOf(cookies, '='),
        }),
      ),
    );
  };
  return (
    <form class="variants" onSubmit={submit}>
      <h2 class="heading">The variants</h2>
      <datalist id="variant-agents">
        {AGENTS.map(([name, agent]) => (
          <option key={name} value={agent} label={name} />
        ))}
      </datalist>
      <datalist id="variant-methods">
        {METHODS.map((method) => (
          <option key={method} value={method} />
        ))}
      </datalist>
      <div class="variant-cards">
        {drafts.map((draft, index) => (
          <Card
            key={draft.key}
            number={index + 1}
            draft={draft}
            change={(next) => {
              change(draft.key, next);
            }}
            {...(drafts.length > 2 && {
              remove: () => {
                setDrafts((now) => now.filter(({ key }) => key !== draft.key));
              },
            })}
          />
        ))}
      </div>
      <p class="tools">
        <button type="submit" class="button primary">
          Compare
        </button>
        {drafts.length < MOST_VARIANTS && (
          <button
            type="button"
            class="button"
            onClick={() => {
              setDrafts((now) => [...now, draftOf({ name: String(now.length + 1) })]);
            }}
          >
            Add a variant
          </button>
        )}
        {onCancel !== undefined && (
          <button type="button" class="button" onClick={onCancel}>
            Leave them as they are
          </button>
        )}
        <span class="hint">
          What a variant leaves empty is as in the request. Cookies, and header fields other than Accept and Accept-Encoding, are not part
          of the address.
        </span>
      </p>
    </form>
  );
}

interface CardProps {
  number: number;
  draft: Draft;
  change: (next: Partial<Draft>) => void;
  remove?: () => void;
}

function Card({ number, draft, change, remove }: CardProps): JSX.Element {
  const { variant } = draft;
  const field = (
    name: 'name' | 'userAgent' | 'acceptLanguage' | 'method',
    label: string,
    placeholder: string,
    list?: string,
  ): JSX.Element => (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        placeholder={placeholder}
        list={list}
        maxLength={name === 'name' ? 100 : 1000}
        autocomplete="off"
        spellcheck={false}
        value={variant[name] ?? ''}
        onInput={({ currentTarget }) => {
          change({ variant: { ...variant, [name]: currentTarget.value } });
        }}
      />
    </label>
  );
  const lines = (name: 'headers' | 'cookies', label: string, placeholder: string): JSX.Element => (
    <label class="field">
      <span>{label}</span>
      <textarea
        rows={2}
        spellcheck={false}
        placeholder={placeholder}
        value={draft[name]}
        onInput={({ currentTarget }) => {
          change({ [name]: currentTarget.value });
        }}
      />
    </label>
  );
  return (
    <fieldset class="variant">
      <legend>Variant {number}</legend>
      {field('name', 'Name', String(number))}
      {field('acceptLanguage', 'Languages', 'as in the request')}
      {field('userAgent', 'User agent', 'as in the request', 'variant-agents')}
      {field('method', 'Method', 'as in the request', 'variant-methods')}
      {lines('headers', 'Header fields, one a line', 'Accept: application/json')}
      {lines('cookies', 'Cookies, one a line', 'session=31d4d96e')}
      <label class="check">
        <input
          type="checkbox"
          checked={variant.insecureTls ?? false}
          onChange={({ currentTarget }) => {
            change({ variant: { ...variant, insecureTls: currentTarget.checked } });
          }}
        />
        <span>Do not check the certificate</span>
      </label>
      {remove !== undefined && (
        <button type="button" class="button small" onClick={remove}>
          Remove
        </button>
      )}
    </fieldset>
  );
}

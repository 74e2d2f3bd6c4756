import type { JSX } from 'preact';
import type { Parameter } from '../../src/api/open-api.ts';
import { plain } from './endpoints.ts';

/** A text that may be longer has room for it. */
const LONG_TEXT = 8192;

interface ControlProps {
  id: string;
  parameter: Parameter;
  value: string;
  onChange: (value: string) => void;
}

/** The control of a parameter, by its type: a choice, a box to tick, a number within its bounds, a list, a text. */
export function Control({ id, parameter, value, onChange }: ControlProps): JSX.Element {
  const { name, required, schema } = parameter;
  const { type, enum: words, minimum, maximum, minLength, maxLength, pattern, default: preset, examples } = schema;
  const common = { id, name, required, 'aria-label': name, 'aria-describedby': `${id}-words` };
  const typed = ({ currentTarget }: { currentTarget: { value: string } }): void => {
    onChange(currentTarget.value);
  };
  if (words !== undefined)
    return (
      <select {...common} value={value} onChange={typed}>
        {!required && <option value="">{preset === undefined ? '' : `${plain(preset)} (default)`}</option>}
        {words
          .filter((word) => word !== preset)
          .map((word) => (
            <option key={String(word)} value={String(word)}>
              {String(word)}
            </option>
          ))}
      </select>
    );
  if (type === 'boolean')
    return (
      <span class="tick">
        <input
          {...common}
          type="checkbox"
          checked={value === 'true'}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.checked ? 'true' : preset === true ? 'false' : '');
          }}
        />
        <span aria-hidden="true">{value === 'true' ? 'true' : 'false'}</span>
      </span>
    );
  if (type === 'integer' || type === 'number')
    return (
      <input
        {...common}
        type="number"
        min={minimum}
        max={maximum}
        step={type === 'integer' ? 1 : 'any'}
        placeholder={placeholderOf(preset, examples)}
        value={value}
        onInput={typed}
      />
    );
  const text = { ...common, autocomplete: 'off', spellcheck: false, placeholder: placeholderOf(preset, examples), value, onInput: typed };
  if (type === 'string' && (maxLength ?? 0) > LONG_TEXT) return <textarea {...text} rows={2} maxLength={maxLength} />;
  return (
    <input
      {...text}
      type="text"
      {...(type === 'string' && { minLength, maxLength, ...(pattern !== undefined && isOfBrowsers(pattern) && { pattern }) })}
    />
  );
}

function placeholderOf(preset: unknown, examples: readonly unknown[] | undefined): string {
  if (preset !== undefined && plain(preset) !== '') return `${plain(preset)} (default)`;
  const [example] = examples ?? [];
  return example === undefined ? '' : `such as ${plain(example)}`;
}

/** Browsers read patterns by the rules of `v`, which some of the contract's are not made for. */
function isOfBrowsers(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'v').source !== '';
  } catch {
    return false;
  }
}

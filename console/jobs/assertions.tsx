import type { JSX } from 'preact';
import { schemaOf } from '../docs/endpoints.ts';
import type { Schemas } from '../contract.ts';
import { TargetText } from '../target-text.tsx';

/** A condition as it is typed. */
export interface Typed {
  path: string;
  op: string;
  value: string;
}

const OPERATORS = schemaOf({ $ref: '#/components/schemas/AssertionBody' }).properties?.['op'] ?? {};
const WORDS = (schemaOf(OPERATORS).enum ?? []).map(String);
/** These are held against nothing. */
const VALUELESS = new Set(['exists', 'missing']);

/** What must hold: a condition a row. */
export function AssertionRows({ rows, onChange }: { rows: readonly Typed[]; onChange: (rows: Typed[]) => void }): JSX.Element {
  const put = (index: number, change: Partial<Typed>): void => {
    onChange(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  };
  return (
    <>
      {rows.length > 0 && (
        <ul class="assertion-rows">
          {rows.map(({ path, op, value }, index) => (
            <li key={index}>
              <input
                type="text"
                aria-label={`Value ${String(index + 1)}`}
                placeholder="status, extract.data.price, links.total …"
                spellcheck={false}
                autocomplete="off"
                value={path}
                onInput={({ currentTarget }) => {
                  put(index, { path: currentTarget.value });
                }}
              />
              <select
                aria-label={`Operator ${String(index + 1)}`}
                value={op}
                onChange={({ currentTarget }) => {
                  put(index, { op: currentTarget.value });
                }}
              >
                {WORDS.map((word) => (
                  <option key={word}>{word}</option>
                ))}
              </select>
              <input
                type="text"
                aria-label={`Held against ${String(index + 1)}`}
                disabled={VALUELESS.has(op)}
                spellcheck={false}
                autocomplete="off"
                value={VALUELESS.has(op) ? '' : value}
                onInput={({ currentTarget }) => {
                  put(index, { value: currentTarget.value });
                }}
              />
              <button
                type="button"
                class="button small"
                aria-label={`Remove condition ${String(index + 1)}`}
                onClick={() => {
                  onChange(rows.filter((_row, at) => at !== index));
                }}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <p>
        <button
          type="button"
          class="button small"
          onClick={() => {
            onChange([...rows, { path: '', op: 'equals', value: '' }]);
          }}
        >
          Add a condition
        </button>
      </p>
    </>
  );
}

/** The conditions as a request has them; nothing where there is none. */
export function assertOf(rows: readonly Typed[], faults: string[]): { assert?: object[] } {
  if (rows.length === 0) return {};
  rows.forEach(({ path }, index) => {
    if (path.trim() === '') faults.push(`Condition ${String(index + 1)}: say which value.`);
  });
  return { assert: rows.map(({ path, op, value }) => ({ path: path.trim(), op, ...(!VALUELESS.has(op) && { value }) })) };
}

/** A condition in words. */
export function Assertion({ assertion: { path, op, value } }: { assertion: Schemas['WatchAssertion'] }): JSX.Element {
  return (
    <code>
      <TargetText text={`${path} ${op}${value === null ? '' : ` ${JSON.stringify(value)}`}`} />
    </code>
  );
}

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Parameter, Schema } from '../../src/api/open-api.ts';
import { Control } from '../docs/control.tsx';
import { membersOf, presetWords, schemaOf, typeWords } from '../docs/endpoints.ts';
import { typedValue } from '../docs/graph-request.ts';
import { Markdown } from '../docs/markdown.tsx';
import { plural } from '../figures.ts';

/** Members of an object of the contract. */
export type Members = ReturnType<typeof membersOf>;

/** What is filled in: by the name of a view or `''` for the job itself, then by the name of the option. Empty is not said. */
export type Filled = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What a form has been filled with, by groups of options. */
export interface Form {
  filled: Filled;
  fill: (group: string, name: string, value: string) => void;
  /** Everything at once. */
  setFilled: (filled: Filled) => void;
}

export function useForm(initial: Filled = {}): Form {
  const [filled, setFilled] = useState(initial);
  const fill = (group: string, name: string, value: string): void => {
    setFilled((now) => ({ ...now, [group]: { ...now[group], [name]: value } }));
  };
  return { filled, fill, setFilled };
}

/** What creates a job of a kind, and what of it is asked for by these names. */
export function membersNamed(schema: string, names: readonly string[]): Members {
  const all = membersOf({ $ref: `#/components/schemas/${schema}` });
  return names.flatMap((name) => all.filter(([one]) => one === name));
}

/** The rest of them. */
export const membersBut = (schema: string, names: readonly string[]): Members =>
  membersOf({ $ref: `#/components/schemas/${schema}` }).filter(([name]) => !names.includes(name));

const VIEWS = membersOf({ $ref: '#/components/schemas/BatchViews' });

/** What to read off each page: the views, each with its options. */
export function ViewChoices({
  views,
  onChange,
  form,
}: {
  views: readonly string[];
  onChange: (views: string[]) => void;
  form: Form;
}): JSX.Element {
  return (
    <ul class="view-choices">
      {VIEWS.map(([name, schema]) => (
        <li key={name}>
          <label class="check">
            <input
              type="checkbox"
              checked={views.includes(name)}
              onChange={({ currentTarget }) => {
                onChange(currentTarget.checked ? [...views, name] : views.filter((one) => one !== name));
              }}
            />
            <span>{name}</span>
          </label>
          {views.includes(name) && membersOf(schema).length > 0 && (
            <Options
              group={name}
              title={`${name}: ${plural(membersOf(schema).length, 'option')}`}
              members={membersOf(schema)}
              form={form}
              isOpen={membersOf(schema).some(([, , isRequired]) => isRequired)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

interface OptionsProps {
  /** The name of a view, or `''` for the job itself. */
  group: string;
  title: string;
  members: Members;
  form: Form;
  isOpen: boolean;
}

/** Options that few need, folded. */
export function Options({ title, isOpen, ...fields }: OptionsProps): JSX.Element {
  return (
    <details class="shared" open={isOpen}>
      <summary>{title}</summary>
      <Fields {...fields} />
    </details>
  );
}

/** A control for each option, by what the contract says of it. */
export function Fields({ group, members, form: { filled: all, fill } }: Omit<OptionsProps, 'title' | 'isOpen'>): JSX.Element {
  const filled = all[group] ?? {};
  return (
    <ul class="parameters">
      {members.map(([name, given, isRequired]) => {
        const schema = { ...schemaOf(given), ...given };
        const id = `option-${group}-${name}`;
        return (
          <li key={name} class={(filled[name] ?? '') === '' ? 'parameter' : 'parameter said'}>
            <div class="parameter-head">
              <label for={id}>
                <code>{name}</code>
              </label>
              <span class="tree-type">{[typeWords(given), ...presetWords(schema)].join(', ')}</span>
              {isRequired && <span class="required">required</span>}
            </div>
            <div class="parameter-control">
              <Control
                id={id}
                parameter={asParameter(name, schema, isRequired)}
                value={filled[name] ?? ''}
                onChange={(value) => {
                  fill(group, name, value);
                }}
              />
              {schema.type === 'array' && <span class="hint">separated by commas</span>}
              {isJson(schema) && <span class="hint">as JSON</span>}
            </div>
            <div class="parameter-words" id={`${id}-words`}>
              <Markdown text={schema.description ?? ''} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const asParameter = (name: string, schema: Schema, required: boolean): Parameter => ({
  name,
  in: 'query',
  required,
  description: schema.description ?? '',
  schema,
});

/** True of what no text can say but JSON. */
const isJson = ({ type, properties, anyOf, oneOf }: Schema): boolean =>
  type === 'object' || properties !== undefined || (type === undefined && (anyOf ?? oneOf) !== undefined);

/** What is filled in of these members, as values; what of it is none is told to `faults`. */
export function saidOf(filled: Filled, group: string, members: Members, faults: string[]): Record<string, unknown> {
  return Object.fromEntries(
    members.flatMap(([name, given, isRequired]): [string, unknown][] => {
      const text = filled[group]?.[name] ?? '';
      const title = group === '' ? name : `${group}: ${name}`;
      if (text === '' && isRequired) faults.push(`${title} is required.`);
      if (text === '') return [];
      const schema = { ...schemaOf(given), ...given };
      if (!isJson(schema)) return [[name, typedValue(schema, text)]];
      try {
        return [[name, JSON.parse(text) as unknown]];
      } catch {
        faults.push(`${title} must be JSON.`);
        return [];
      }
    }),
  );
}

/** The views that are chosen, as a job takes them; nothing where there are none. */
export function viewsOf(filled: Filled, views: readonly string[], faults: string[]): { views?: Record<string, unknown> } {
  const chosen = VIEWS.filter(([name]) => views.includes(name));
  if (chosen.length === 0) return {};
  return { views: Object.fromEntries(chosen.map(([name, schema]) => [name, saidOf(filled, name, membersOf(schema), faults)])) };
}

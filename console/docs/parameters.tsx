import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Parameter } from '../../src/api/open-api.ts';
import { Control } from './control.tsx';
import { boundsWords, isShared, typeWords } from './endpoints.ts';
import { Markdown } from './markdown.tsx';
import type { Typed } from './said.ts';

/** As in docs.css. */
const NARROW = '(max-width: 760px)';

interface ParametersProps {
  parameters: readonly Parameter[];
  typed: Typed;
  onType: (name: string, value: string) => void;
}

/** Every parameter with what it is and where it is filled in; what most endpoints take stands by itself. */
export function Parameters({ parameters, typed, onType }: ParametersProps): JSX.Element | null {
  const [first] = useState(typed);
  if (parameters.length === 0) return <p class="hint">It takes no parameters.</p>;
  const shared = parameters.filter(isShared);
  const own = parameters.filter((parameter) => !shared.includes(parameter));
  // On a small screen the form is what is needed, and the rest is a tap away.
  const atOnce = matchMedia(NARROW).matches ? own.filter(({ name, required }) => required || (first[name] ?? '') !== '') : own;
  const later = own.filter((parameter) => !atOnce.includes(parameter));
  const list = (some: readonly Parameter[]): JSX.Element => (
    <ul class="parameters">
      {some.map((parameter) => (
        <Row key={parameter.name} parameter={parameter} value={typed[parameter.name] ?? ''} onType={onType} />
      ))}
    </ul>
  );
  const folded = (some: readonly Parameter[], words: string): JSX.Element | null =>
    some.length === 0 ? null : (
      <details class="shared" open={some.some(({ name }) => (first[name] ?? '') !== '')}>
        <summary>
          {some.length} {words}: {some.map(({ name }) => name).join(', ')}
        </summary>
        {list(some)}
      </details>
    );
  return (
    <>
      {list(atOnce)}
      {folded(later, 'of its own')}
      {folded(shared, 'that most endpoints take')}
    </>
  );
}

function Row({ parameter, value, onType }: { parameter: Parameter; value: string; onType: ParametersProps['onType'] }): JSX.Element {
  const { name, schema, required, description } = parameter;
  const id = `parameter-${name}`;
  return (
    <li class={value === '' ? 'parameter' : 'parameter said'}>
      <div class="parameter-head">
        <label for={id}>
          <code>{name}</code>
        </label>
        <span class="tree-type">{[typeWords(schema), ...boundsWords(schema)].join(', ')}</span>
        {required && <span class="required">required</span>}
      </div>
      <div class="parameter-control">
        <Control
          id={id}
          parameter={parameter}
          value={value}
          onChange={(next) => {
            onType(name, next);
          }}
        />
        {schema.type === 'array' && <span class="hint">separated by commas</span>}
      </div>
      <div class="parameter-words" id={`${id}-words`}>
        <Markdown text={description} />
      </div>
    </li>
  );
}

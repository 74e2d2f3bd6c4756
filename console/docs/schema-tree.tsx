import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Schema } from '../../src/api/open-api.ts';
import { boundsWords, membersOf, presetWords, schemaOf, typeWords } from './endpoints.ts';
import { Markdown } from './markdown.tsx';

/** The members of an answer or of a body, each with what it is; those within are made when they are looked at. */
export function SchemaTree({ schema, showsRequired = false }: { schema: Schema; showsRequired?: boolean }): JSX.Element {
  const members = membersOf(schema);
  if (members.length === 0) return <Leaf schema={schema} />;
  return (
    <ul class="tree">
      {members.map(([name, member, isRequired]) => (
        <li key={name}>
          <Member name={name} schema={member} isRequired={showsRequired && isRequired} showsRequired={showsRequired} />
        </li>
      ))}
    </ul>
  );
}

interface MemberProps {
  name: string;
  schema: Schema;
  isRequired: boolean;
  showsRequired: boolean;
}

function Member({ name, schema, isRequired, showsRequired }: MemberProps): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  const hasMembers = membersOf(schema).length > 0;
  const line = (
    <>
      <code class="tree-name">{name}</code> <span class="tree-type">{typeWords(schema)}</span>
      {isRequired && <span class="required">required</span>}
    </>
  );
  return (
    <>
      {hasMembers ? (
        <button
          type="button"
          class="tree-line disclosure"
          aria-expanded={isOpen}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          {line}
        </button>
      ) : (
        <p class="tree-line">{line}</p>
      )}
      <Leaf schema={schema} />
      {isOpen && <SchemaTree schema={schema} showsRequired={showsRequired} />}
    </>
  );
}

/** What a value is, in words, with an example. */
function Leaf({ schema }: { schema: Schema }): JSX.Element {
  const { description = '', examples } = { ...schemaOf(schema), ...schema };
  const example = examples?.[0];
  const bounds = [...presetWords(schema), ...boundsWords(schema)];
  return (
    <div class="tree-words">
      <Markdown text={description} />
      {(bounds.length > 0 || example !== undefined) && (
        <p class="hint">
          {bounds.map((bound) => `${bound}. `).join('')}
          {example !== undefined && (
            <>
              Such as <code>{JSON.stringify(example).slice(0, 120)}</code>
            </>
          )}
        </p>
      )}
    </div>
  );
}

import type { JSX } from 'preact';
import { bytes, count, ms } from '../figures.ts';
import { Trouble } from '../trouble.tsx';
import { CONTRACT, membersOf, plain, schemaOf } from './endpoints.ts';
import { Inline } from './markdown.tsx';
import type { PartProps } from './part.ts';

/** A figure as people read it, by the unit in its name. */
function figure(name: string, value: unknown): string {
  if (value === null) return 'no limit';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'number') return plain(value);
  if (name.endsWith('Ms')) return ms(value);
  if (name.endsWith('S')) return `${count(value)} s`;
  if (name.endsWith('Mb')) return `${count(value)} MiB`;
  return name.endsWith('Bytes') ? `${bytes(value)} (${count(value)} bytes)` : count(value);
}

/** The limits, each with the words that the contract has for it. */
export default function LimitsPart({ known: { limits, failure } }: PartProps): JSX.Element {
  const schema = { $ref: '#/components/schemas/Limits' };
  const members = membersOf(schema);
  const groups = members.filter(([, member]) => membersOf(member).length > 0);
  return (
    <article class="prose">
      <h1 tabIndex={-1}>Limits in force</h1>
      <p class="lead">
        <Inline text={schemaOf(schema).description ?? CONTRACT.paths['/limits']?.get?.description ?? ''} />{' '}
        <a href="#/limits">
          <code>GET /limits</code>
        </a>{' '}
        answers the same to programs. In brackets: the setting by which an operator changes it.
      </p>
      {failure !== null && <Trouble failure={failure} />}
      {limits !== null && (
        <>
          <Figures title="This server" schemas={members.filter(([name]) => !groups.some(([group]) => group === name))} values={limits} />
          {groups.map(([name, member]) => (
            <Figures
              key={name}
              title={(member.description ?? name).replace(/\.$/, '')}
              words={schemaOf(member).description}
              schemas={membersOf(member)}
              values={(limits as unknown as Record<string, object>)[name] ?? {}}
            />
          ))}
        </>
      )}
    </article>
  );
}

function Figures({
  title,
  words,
  schemas,
  values,
}: {
  title: string;
  words?: string | undefined;
  schemas: ReturnType<typeof membersOf>;
  values: object;
}): JSX.Element {
  return (
    <section>
      <h2>{title}</h2>
      {words !== undefined && (
        <p>
          <Inline text={words} />
        </p>
      )}
      <div class="docs-table-frame" role="region" tabIndex={0} aria-label={title}>
        <table class="docs-table figures">
          <thead>
            <tr>
              <th scope="col">Limit</th>
              <th scope="col">In force</th>
              <th scope="col">Of what</th>
            </tr>
          </thead>
          <tbody>
            {schemas.map(([name, schema]) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td class="figure">{figure(name, (values as Record<string, unknown>)[name])}</td>
                <td>
                  <Inline text={schema.description ?? ''} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

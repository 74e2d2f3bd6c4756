import type { ComponentChildren, JSX } from 'preact';

/** What there is to say of a job, by what it is. */
export function Facts({ facts }: { facts: Readonly<Record<string, ComponentChildren>> }): JSX.Element {
  return (
    <dl>
      {Object.entries(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

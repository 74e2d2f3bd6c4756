import type { JSX } from 'preact';
import { sharedParameters } from './asked.ts';
import type { Asked } from './contract.ts';
import { TargetText } from './target-text.tsx';

/** A request that an address asks for and nobody has pressed a button for: it may change something at the target. */
export function Held({ asked, onSend }: { asked: Asked; onSend: () => void }): JSX.Element {
  const { method = 'GET', url } = asked;
  const others = sharedParameters(asked).filter(([name]) => name !== 'method' && name !== 'url');
  return (
    <section class="held" aria-labelledby="held">
      <h2 id="held">Nothing was sent</h2>
      <p>
        This address asks for{' '}
        <code>
          <TargetText text={`${method} ${url}`} />
        </code>
        . A request with this method may change something there, so that it is you who decides. Header fields, cookies and content are no
        part of an address: where it needs some, type them above, and press Retrieve.
      </p>
      {others.length > 0 && (
        <dl>
          {others.map(([name, value]) => (
            <div key={name} class="row wide">
              <dt>{name}</dt>
              <dd>
                <TargetText text={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p>
        <button type="button" class="button primary" onClick={onSend}>
          Send it
        </button>
      </p>
    </section>
  );
}

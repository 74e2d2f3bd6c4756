import type { JSX } from 'preact';
import type { Exchange, Schemas } from '../contract.ts';
import { plural } from '../figures.ts';
import { TargetText } from '../target-text.tsx';
import { type TabProps, useShows } from '../view.ts';

const DAY_MS = 86_400_000;

/** What TLS agreed on, and whom the certificates name. */
export default function Tls({ answer }: TabProps): JSX.Element {
  useShows({
    path: '/fetch',
    query: { fields: ['exchanges.url', 'exchanges.tls'] },
    graphql:
      'exchanges {\n  url\n  tls { protocol cipher alpn authorized authorizationError chain { subject issuer validFrom validTo } }\n}',
  });
  const secure = answer.exchanges.filter(({ tls }) => tls !== null);
  if (secure.length === 0) {
    return (
      <p class="empty">
        There was no TLS: the URL is http, so anybody on the way could read and change what was sent. Try the same with https.
      </p>
    );
  }
  return (
    <>
      {secure.map((exchange, index) => (
        <Agreed key={index} exchange={exchange} />
      ))}
    </>
  );
}

function Agreed({ exchange: { url, tls } }: { exchange: Exchange }): JSX.Element | null {
  if (tls === null) return null;
  return (
    <section class="exchange">
      <h2 class="heading">
        <code>{new URL(url).host}</code>
      </h2>
      <p class={`verdict ${tls.authorized ? 'good' : 'bad'}`}>
        {tls.authorized
          ? 'The certificate was verified.'
          : `The certificate was not verified: ${tls.authorizationError ?? 'it was not checked'}.`}
      </p>
      <dl>
        {Object.entries({ Protocol: tls.protocol, Cipher: tls.cipher, ALPN: tls.alpn ?? 'nothing agreed' }).map(([name, value]) => (
          <div key={name} class="row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ol class="certificates">
        {tls.chain.map((certificate, index) => (
          <li key={certificate.fingerprint256}>
            <Certificate
              certificate={certificate}
              role={index === 0 ? 'The server' : index === tls.chain.length - 1 ? 'The root, or as far as it goes' : 'In between'}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Certificate({ certificate, role }: { certificate: Schemas['Certificate']; role: string }): JSX.Element {
  const { subject, issuer, names, validFrom, validTo, fingerprint256, serialNumber } = certificate;
  const [from, to, now] = [Date.parse(validFrom), Date.parse(validTo), Date.now()];
  const share = Math.min(1, Math.max(0, (now - from) / Math.max(1, to - from)));
  const days = Math.round((to - now) / DAY_MS);
  return (
    <>
      <h3>
        {role}:
        <code>
          <TargetText text={subject} />
        </code>
      </h3>
      <div class="validity">
        <span>{validFrom.slice(0, 10)}</span>
        <span class="bar-space">
          <span class={`bar${days < 0 ? ' bad' : ''}`} style={{ width: `${share * 100}%` }} />
        </span>
        <span>{validTo.slice(0, 10)}</span>
        <strong>{days < 0 ? `ended ${plural(-days, 'day')} ago` : `${plural(days, 'day')} left`}</strong>
      </div>
      <dl>
        {Object.entries({
          'Signed by': issuer,
          ...(names.length > 0 && { Names: names.join(', ') }),
          Serial: serialNumber,
          'SHA-256': fingerprint256,
        }).map(([name, value]) => (
          <div key={name} class="row">
            <dt>{name}</dt>
            <dd>
              <code>
                <TargetText text={value} />
              </code>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

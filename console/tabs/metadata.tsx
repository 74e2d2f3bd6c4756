import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CopyButton } from '../copy-button.tsx';
import type { Schemas } from '../contract.ts';
import { count } from '../figures.ts';
import { marked, TargetText } from '../target-text.tsx';
import { Trouble } from '../trouble.tsx';
import { rasterType, useBlobUrl } from '../images.ts';
import { readBytes, type TabProps, useShows, useView } from '../view.ts';

type Answer = Schemas['MetadataAnswer'];

/** What is told in one value, in this order. */
const VALUES = [
  ['title', 'Title'],
  ['description', 'Description'],
  ['canonical', 'Canonical'],
  ['siteName', 'Site'],
  ['author', 'Author'],
  ['published', 'Published'],
  ['modified', 'Modified'],
  ['language', 'Language'],
  ['direction', 'Direction'],
  ['charset', 'Charset'],
  ['amp', 'AMP'],
  ['manifest', 'Manifest'],
] as const satisfies readonly (readonly [keyof Answer, string])[];

/** So many entries of a list are shown; a page may have any number. */
const MOST_LISTED = 300;

/** What the page says of itself, as it would look where it is shared, and where each value stands. */
export default function Metadata({ answer: { snapshot } }: TabProps): JSX.Element {
  useShows({ path: '/metadata', graphql: 'metadata {\n  title\n  description\n  canonical\n  language\n  images { url }\n}' });
  const { answer, failure, again } = useView<Answer>({ path: '/metadata', query: { snapshot } });
  if (failure !== null) return <Trouble failure={failure} onRetry={again} />;
  if (answer === null) return <p class="hint">Reading …</p>;
  return (
    <div class="metadata">
      <ShareCard answer={answer} />
      <section>
        <h2 class="heading spread">
          What it says
          <CopyButton label="Copy as JSON" text={() => JSON.stringify(answer, null, 2)} />
        </h2>
        <dl>
          {VALUES.map(([name, title]) => (
            <Row key={name} name={title} source={sourceOf(answer, name)}>
              {answer[name]}
            </Row>
          ))}
          <Row name="Robots" source={answer.robots[0]?.source}>
            {answer.robots.map(({ agent, directives }) => `${agent}: ${directives.join(', ')}`).join('; ') || null}
          </Row>
          <Row name="Goes on to" source={answer.refresh?.source}>
            {answer.refresh === null ? null : `${answer.refresh.href ?? 'itself'} after ${answer.refresh.delayS} s`}
          </Row>
        </dl>
      </section>
      <List title="Open Graph" entries={answer.openGraph.map(({ property, content }) => [property, content])} />
      <List title="Twitter" entries={answer.twitter.map(({ property, content }) => [property, content])} />
      <List
        title="Feeds"
        entries={answer.feeds.map(({ format, href, title }) => [format ?? 'feed', title === null ? href : `${title}: ${href}`])}
      />
      <List title="Icons" entries={answer.icons.map(({ rel, sizes, href }) => [rel.join(' '), `${href} ${sizes.join(' ')}`])} />
      <List title="In other languages" entries={answer.alternates.map(({ hreflang, href }) => [hreflang ?? '', href])} />
      {answer.jsonLd.slice(0, MOST_LISTED).map(({ value, error, position }, index) => (
        <section key={index}>
          <h2 class="heading">JSON-LD{position.line === null ? '' : `, line ${position.line}`}</h2>
          <pre class="json">
            {marked(
              error === null
                ? JSON.stringify(value, null, 2).slice(0, 20_000)
                : `${error.message} (line ${String(error.line)}, column ${String(error.column)})`,
            )}
          </pre>
        </section>
      ))}
      <List
        title="Every meta"
        entries={answer.meta.map((meta) => [
          meta.name ?? meta.property ?? meta.httpEquiv ?? meta.itemprop ?? 'charset',
          meta.content ?? meta.charset ?? '',
        ])}
      />
    </div>
  );
}

const sourceOf = ({ sources }: Answer, name: string): string | undefined => sources.find(({ member }) => member === name)?.source;

/** An image of more bytes is named, and not shown. */
const MOST_IMAGE_BYTES = 5_000_000;

/** Its image, as this server retrieves it: nobody else is asked anything. Where it is none, it is named. */
function ShareImage({ url }: { url: string }): JSX.Element {
  const isRetrieved = /^https?:/.test(url);
  const { answer, isLoading } = useView<Uint8Array<ArrayBuffer>>(
    isRetrieved ? { path: '/body', query: { url, maxBytes: MOST_IMAGE_BYTES } } : null,
    readBytes,
  );
  const type = answer === null ? null : rasterType(answer);
  const source = useBlobUrl(type === null ? null : answer, type ?? '');
  const [isBroken, setIsBroken] = useState(false);
  if (source === null || isBroken) {
    return (
      <div class="share-image">
        <span>
          <TargetText text={url} />
        </span>
        <span class="hint">{isLoading ? 'retrieving it …' : 'no image that can be shown'}</span>
      </div>
    );
  }
  return (
    <div class="share-image shown">
      <img
        src={source}
        alt=""
        onError={() => {
          setIsBroken(true);
        }}
      />
    </div>
  );
}

/** The page as other places show a link to it. */
function ShareCard({ answer }: { answer: Answer }): JSX.Element {
  const [image] = answer.images;
  const place = answer.canonical ?? answer.finalUrl ?? '';
  return (
    <section class="share" aria-label="As it looks where it is shared">
      {image === undefined ? <div class="share-image">no image</div> : <ShareImage url={image.url ?? image.href} />}
      <div class="share-text">
        <span class="hint">
          <TargetText text={answer.siteName ?? (URL.canParse(place) ? new URL(place).host : place)} />
        </span>
        <strong>
          <TargetText text={answer.title ?? 'No title'} />
        </strong>
        <p>
          <TargetText text={answer.description ?? 'No description: places that show this link take some of its text.'} />
        </p>
      </div>
    </section>
  );
}

function Row({ name, source, children }: { name: string; source: string | undefined; children: string | null }): JSX.Element {
  return (
    <div class="meta-row">
      <dt>{name}</dt>
      <dd>{children === null ? <span class="hint">not said</span> : <TargetText text={children} />}</dd>
      <dd class="meta-source">{source}</dd>
    </div>
  );
}

function List({ title, entries }: { title: string; entries: readonly (readonly [string, string])[] }): JSX.Element | null {
  if (entries.length === 0) return null;
  return (
    <section>
      <h2 class="heading">{title}</h2>
      <dl>
        {entries.slice(0, MOST_LISTED).map(([name, value], index) => (
          <div key={index} class="row wide">
            <dt>
              <TargetText text={name} />
            </dt>
            <dd>
              <TargetText text={value} />
            </dd>
          </div>
        ))}
      </dl>
      {entries.length > MOST_LISTED && (
        <p class="hint">
          The first {count(MOST_LISTED)} of {count(entries.length)}.
        </p>
      )}
    </section>
  );
}

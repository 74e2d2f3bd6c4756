import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { explained } from '../header-fields.ts';
import { bytes, count, ms } from '../figures.ts';
import { CopyButton } from '../copy-button.tsx';
import { Failure, retryAfterOf } from '../server.ts';
import { Status } from '../summary.tsx';
import { marked, TargetText } from '../target-text.tsx';
import { Trouble } from '../trouble.tsx';
import { Json } from './json-colours.tsx';
import type { Answered, Run } from './run.ts';

/** What a request was answered, or why it was not. */
export function RunResult({ run, onRetry, name }: { run: Run; onRetry: () => void; name: string }): JSX.Element | null {
  if (run.phase === 'idle') return null;
  if (run.phase === 'running')
    return (
      <div class="answer" role="status">
        <div class="running-line" aria-hidden="true" />
        <p class="hint">Running. Esc cancels.</p>
      </div>
    );
  if (run.phase === 'failed') return <Trouble failure={run.failure} onRetry={onRetry} />;
  return <Answer answered={run.answered} onRetry={onRetry} name={name} />;
}

function Answer({ answered, onRetry, name }: { answered: Answered; onRetry: () => void; name: string }): JSX.Element {
  const { status, statusText, ms: took, content, mediaType, headers, problem } = answered;
  const retryAfter = headers.find(([field]) => field === 'retry-after')?.[1];
  return (
    <div class="answer" role="group" aria-label="The answer">
      <p class="answer-facts" role="status">
        <Status status={status} text={statusText} /> <span class="fact">{mediaType === '' ? 'no media type' : mediaType}</span>
        <span class="fact">{bytes(content.size)}</span> <span class="fact">{ms(took)}</span>
      </p>
      {problem !== null && (
        <Trouble failure={new Failure(problem.title, problem.detail, problem, retryAfterOf(retryAfter))} onRetry={onRetry} />
      )}
      <details class="answer-headers">
        <summary>{count(headers.length)} header fields that this page may read</summary>
        <dl>
          {headers.map(([field, value]) => (
            <div key={field}>
              <dt title={explained(field)?.meaning}>{field}</dt>
              <dd>
                <TargetText text={value} />
              </dd>
            </div>
          ))}
        </dl>
      </details>
      <Content answered={answered} name={name} />
    </div>
  );
}

/** So many characters are shown; the rest is to be downloaded. */
const MOST_SHOWN = 30_000;
/** JSON of more bytes is shown as it came: to take it apart would hold the page. */
const MOST_PARSED = 5_000_000;

const isText = (mediaType: string): boolean =>
  /^text\/|[/+](json|xml|graphql|x-ndjson|javascript)\b|^application\/(graphql|x-ndjson|problem)/.test(mediaType);

function Content({ answered: { content, mediaType }, name }: { answered: Answered; name: string }): JSX.Element {
  const url = useObjectUrl(content);
  const [text, setText] = useState<string | null>(null);
  const isShown = isText(mediaType);
  useEffect(() => {
    let isCurrent = true;
    if (!isShown) return undefined;
    void readable(content, mediaType).then((read) => {
      if (isCurrent) setText(read);
    });
    return () => {
      isCurrent = false;
    };
  }, [content, mediaType, isShown]);
  if (content.size === 0) return <p class="empty">The answer has no content.</p>;
  const download = (
    <a class="button small" href={url} download={`${name}.${extensionOf(mediaType)}`}>
      Download
    </a>
  );
  if (mediaType.startsWith('image/'))
    return (
      <figure class="picture">
        <img src={url} alt="The answer, as an image" />
        <figcaption>{download}</figcaption>
      </figure>
    );
  if (!isShown)
    return (
      <p class="answer-tools">
        {bytes(content.size)} of {mediaType === '' ? 'an unknown type' : mediaType}, which is no text. {download}
      </p>
    );
  if (text === null) return <p class="hint">Reading …</p>;
  const shown = text.slice(0, MOST_SHOWN);
  return (
    <>
      <p class="answer-tools">
        {shown.length < text.length && (
          <span class="cut">
            The first {count(shown.length)} of {count(text.length)} characters.
          </span>
        )}
        <CopyButton text={() => text} />
        {download}
      </p>
      <pre class="answer-text" tabIndex={0} aria-label="Content of the answer">
        {mediaType.endsWith('json') ? <Json text={shown} /> : marked(shown)}
      </pre>
    </>
  );
}

/** A content as people read it. */
async function readable(content: Blob, mediaType: string): Promise<string> {
  const text = await content.text();
  if (!mediaType.endsWith('json') || content.size > MOST_PARSED) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const EXTENSIONS: readonly (readonly [RegExp, string])[] = [
  [/json$/, 'json'],
  [/csv$/, 'csv'],
  [/ndjson$/, 'ndjson'],
  [/markdown$/, 'md'],
  [/html$/, 'html.txt'],
  [/warc$/, 'warc'],
  [/^text\//, 'txt'],
  [/^image\/(png|jpeg|gif|webp|avif)$/, 'image'],
];

/** Nothing that a click on the file would run. */
function extensionOf(mediaType: string): string {
  const known = EXTENSIONS.find(([pattern]) => pattern.test(mediaType))?.[1] ?? 'bin';
  return known === 'image' ? mediaType.replace(/.*\//, '') : known;
}

/** A URL of a content, for as long as it is shown. */
function useObjectUrl(content: Blob): string {
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(content);
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [content]);
  return url;
}

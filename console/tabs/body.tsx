import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { useChoice } from '../address.ts';
import type { Body as Content } from '../contract.ts';
import { CopyButton } from '../copy-button.tsx';
import { bytes, count } from '../figures.ts';
import { useBlobUrl } from '../images.ts';
import { coloured } from '../markup-colours.ts';
import { marked } from '../target-text.tsx';
import { Segments } from '../tools.tsx';
import { Trouble } from '../trouble.tsx';
import { readBytes, type TabProps, useShows, useView } from '../view.ts';
import { VirtualRows } from '../virtual-rows.tsx';

type Form = 'source' | 'hex' | 'image' | 'rendered';

const TITLES: Readonly<Record<Form, string>> = { source: 'Source', hex: 'Bytes', image: 'Image', rendered: 'Rendered' };

/** The forms in which a content can be looked at, the best first. */
function formsOf({ mediaType, text }: Content): [Form, ...Form[]] {
  const isDocument = /^(text\/html|application\/xhtml\+xml)$/.test(mediaType);
  const asText: Form[] = text === null ? [] : ['source'];
  if (mediaType.startsWith('image/')) return ['image', ...asText, 'hex'];
  if (text === null) return ['hex'];
  return isDocument ? ['source', 'rendered', 'hex'] : ['source', 'hex'];
}

/** The content itself: as text, as bytes, as a picture, as a page. */
export default function Body({ answer }: TabProps): JSX.Element {
  const { body } = answer;
  useShows({ path: '/body', graphql: 'body { mediaType text base64 }' });
  if (body === null) return <p class="empty">No content was read: a request with HEAD brings a head alone.</p>;
  if (body.bytes === 0) return <p class="empty">The content is empty: the head is all that came.</p>;
  return <Shown body={body} snapshot={answer.snapshot} />;
}

function Shown({ body, snapshot }: { body: Content; snapshot: string }): JSX.Element {
  const forms = formsOf(body);
  const [form, setForm] = useChoice('form');
  const { text } = body;
  const chosen = forms.find((one) => one === form) ?? forms[0];
  return (
    <div class="filled">
      <div class="tools">
        <Segments label="Form" options={forms.map((one) => [one, TITLES[one]] as const)} value={chosen} onChange={setForm} />
        <span class="hint">
          {body.mediaType}, {bytes(body.bytes)}
          {body.truncated && ', cut short'}
        </span>
        {text !== null && <CopyButton text={() => text} />}
      </div>
      {chosen === 'source' && text !== null && <Source text={text} isMarkup={/html|xml/.test(body.mediaType)} />}
      {chosen === 'rendered' && text !== null && <Rendered text={text} />}
      {chosen === 'hex' && <Hex snapshot={snapshot} />}
      {chosen === 'image' && <Picture snapshot={snapshot} mediaType={body.mediaType} />}
    </div>
  );
}

/** So much of a line is shown; what is longer is told. */
const MOST_SHOWN = 2000;

function Source({ text, isMarkup }: { text: string; isMarkup: boolean }): JSX.Element {
  const lines = useMemo(() => coloured(text, isMarkup), [text, isMarkup]);
  return (
    <VirtualRows
      count={lines.length}
      height={20}
      label="Source"
      class="source"
      row={(index) => {
        let left = MOST_SHOWN;
        const pieces = lines[index] ?? [];
        const length = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
        return (
          <div key={index} class="source-line">
            <span class="wire-number" aria-hidden="true">
              {index + 1}
            </span>
            <code>
              {pieces.map((piece, at) => {
                const shown = piece.text.slice(0, Math.max(0, left));
                left -= piece.text.length;
                return shown === '' ? null : (
                  <span key={at} class={piece.kind === '' ? undefined : `code-${piece.kind}`}>
                    {marked(shown)}
                  </span>
                );
              })}
              {length > MOST_SHOWN && <span class="wire-mark"> … {count(length - MOST_SHOWN)} more characters</span>}
            </code>
          </div>
        );
      }}
    />
  );
}

/** A page of this server's, under a policy of its own, that shows another in a frame that may do nothing. */
const RENDERER = '/console/rendered';

/** The page with its markup and the styles within it. Where it is shown has no origin, so that it is handed over as a message. */
function Rendered({ text }: { text: string }): JSX.Element {
  return (
    <>
      <p class="hint">
        Its markup and the styles within it, without scripts, style sheets and images of elsewhere: nothing leaves this frame.
      </p>
      <iframe
        class="rendered"
        src={RENDERER}
        title="The page, rendered without scripts"
        sandbox="allow-scripts"
        referrerpolicy="no-referrer"
        onLoad={({ currentTarget }) => {
          currentTarget.contentWindow?.postMessage(text, '*');
        }}
      />
    </>
  );
}

function Picture({ snapshot, mediaType }: { snapshot: string; mediaType: string }): JSX.Element {
  const { answer, failure, again } = useView<Uint8Array<ArrayBuffer>>({ path: '/body', query: { snapshot } }, readBytes);
  // An image runs no script, also one of SVG; a page would.
  const url = useBlobUrl(answer, mediaType);
  const [size, setSize] = useState('');
  if (failure !== null) return <Trouble failure={failure} onRetry={again} />;
  return (
    <figure class="picture">
      {url !== null && (
        <img
          src={url}
          alt="The content, as an image"
          onLoad={({ currentTarget }) => {
            setSize(`${currentTarget.naturalWidth} × ${currentTarget.naturalHeight} pixels`);
          }}
          onError={() => {
            setSize('This browser cannot show it: its bytes are no image of that type, or of one that it does not know.');
          }}
        />
      )}
      <figcaption class="hint">{size}</figcaption>
    </figure>
  );
}

const ROW_BYTES = 16;

function Hex({ snapshot }: { snapshot: string }): JSX.Element {
  const { answer, failure, again } = useView<Uint8Array>({ path: '/body', query: { snapshot } }, readBytes);
  if (failure !== null) return <Trouble failure={failure} onRetry={again} />;
  if (answer === null) return <p class="hint">Reading …</p>;
  return (
    <VirtualRows
      count={Math.ceil(answer.length / ROW_BYTES)}
      height={20}
      label="Bytes"
      class="hex"
      row={(index) => {
        const row = [...answer.subarray(index * ROW_BYTES, (index + 1) * ROW_BYTES)];
        return (
          <div key={index} class="hex-line">
            <span class="hex-offset">{(index * ROW_BYTES).toString(16).padStart(8, '0')}</span>
            <code class="hex-bytes">
              {row.map((byte, at) => (
                <span key={at} class={`byte-${kindOf(byte)}`}>
                  {byte.toString(16).padStart(2, '0')}
                </span>
              ))}
            </code>
            <code class="hex-text">
              {row.map((byte, at) => (
                <span key={at} class={`byte-${kindOf(byte)}`}>
                  {kindOf(byte) === 'print' ? String.fromCharCode(byte) : '·'}
                </span>
              ))}
            </code>
          </div>
        );
      }}
    />
  );
}

/** What a byte is, for its colour. */
function kindOf(byte: number): 'zero' | 'control' | 'print' | 'high' {
  if (byte === 0) return 'zero';
  if (byte < 32 || byte === 127) return 'control';
  return byte < 127 ? 'print' : 'high';
}

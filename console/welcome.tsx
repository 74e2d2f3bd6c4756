import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { forgetAll, remembered } from './history.ts';
import { Status } from './summary.tsx';

/** What there is to learn, one click each, at this server's own demo pages: it works with no Internet. */
const LESSONS: readonly { tab: string; path: string; title: string; lesson: string; more?: Readonly<Record<string, string>> }[] = [
  {
    tab: 'overview',
    path: '/demo/romeo.txt',
    title: 'A text file',
    lesson: 'Header fields, a blank line, 167 bytes: all there is to HTTP.',
  },
  {
    tab: 'wire',
    path: '/demo/romeo.txt',
    title: 'The same by telnet',
    lesson: 'HTTP/1.0 spoken by hand, byte for byte.',
    more: { httpVersion: '1.0' },
  },
  { tab: 'links', path: '/demo/page1.html', title: 'A page with a link', lesson: 'What a parser finds in it, and where each link leads.' },
  {
    tab: 'headers',
    path: '/demo/redirect',
    title: 'A redirect',
    lesson: 'Two exchanges for one URL, and the field that leads from one to the other.',
  },
  { tab: 'timing', path: '/demo/slow', title: 'A slow page', lesson: 'It comes in pieces: see when each arrives.' },
  { tab: 'body', path: '/demo/image.png', title: 'An image', lesson: 'Bytes that are no text, at their offsets.' },
  { tab: 'words', path: '/demo/romeo.txt', title: 'Counting words', lesson: '33 words, 26 of them distinct.' },
  { tab: 'encoding', path: '/demo/encodings/shift_jis', title: 'Japanese, in Shift_JIS', lesson: 'The same characters in other bytes.' },
];

function addressOf({ tab, path, more = {} }: (typeof LESSONS)[number]): string {
  return `#${new URLSearchParams({ url: location.origin + path, tab, ...more }).toString()}`;
}

/** What is shown before anything was retrieved. */
export function Welcome(): JSX.Element {
  const [before, setBefore] = useState(remembered);
  return (
    <div class="welcome">
      <section class="welcome-lead">
        <h1>See a page down to the wire.</h1>
        <p>
          Give it a URL. It is retrieved once, and every tab is about that one retrieval: <span class="sent">what was sent</span>,{' '}
          <span class="came">what came back</span>, and what can be read off it. Each tab also has the request that gives the same to a
          program.
        </p>
        <p class="hint">
          <kbd>/</kbd> goes to the URL, <kbd>Enter</kbd> retrieves, <kbd>Esc</kbd> cancels, arrows move between tabs.
        </p>
      </section>
      <section aria-labelledby="lessons">
        <h2 id="lessons">Begin with</h2>
        <ul class="lessons">
          {LESSONS.map((lesson) => (
            <li key={lesson.title}>
              <a href={addressOf(lesson)}>
                <strong>{lesson.title}</strong>
                <span>{lesson.lesson}</span>
                <code>{lesson.path}</code>
              </a>
            </li>
          ))}
        </ul>
      </section>
      {before.length > 0 && (
        <section aria-labelledby="before">
          <h2 id="before">
            Before{' '}
            <button
              type="button"
              class="button small"
              onClick={() => {
                forgetAll();
                setBefore([]);
              }}
            >
              Forget all
            </button>
          </h2>
          <ul class="before">
            {before.map(({ url, status, at, address }) => (
              <li key={address}>
                <a href={`#${address}`}>
                  <Status status={status} />
                  <span class="before-url">{url}</span>
                  <time dateTime={at}>{at.slice(0, 16).replace('T', ' ')}</time>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

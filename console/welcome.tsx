import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Schemas } from './contract.ts';
import { forgetAll, remembered } from './history.ts';
import { ask, readable } from './server.ts';
import { Status } from './summary.tsx';
import { TargetText } from './target-text.tsx';

/** The variants of a request that the demo's greeting tells apart. */
const GREETED = ['as it is', 'German\nAccept-Language: de', 'Phone\nUser-Agent: Mozilla/5.0 (iPhone) Mobile'];

/** What there is to learn, one click each. */
const LESSONS: readonly { tab: string; path: string; title: string; lesson: string; more?: readonly (readonly [string, string])[] }[] = [
  {
    tab: 'overview',
    path: 'romeo.txt',
    title: 'A text file',
    lesson: 'Header fields, a blank line, 167 bytes: all there is to HTTP.',
  },
  {
    tab: 'wire',
    path: 'romeo.txt',
    title: 'The same by telnet',
    lesson: 'HTTP/1.0 spoken by hand, byte for byte.',
    more: [['httpVersion', '1.0']],
  },
  {
    tab: 'headers',
    path: 'old',
    title: 'Two redirects',
    lesson: 'Several exchanges for one URL, and the field that leads from each to the next.',
  },
  {
    tab: 'headers',
    path: 'fields.html',
    title: 'Fields that come twice',
    lesson: 'Each as it was sent: in its order, its letter case kept, with what it means.',
  },
  {
    tab: 'timing',
    path: 'sunrise.png',
    title: 'An image, arriving',
    lesson: 'Twelve pieces, 50 ms apart: see when each came off the socket.',
  },
  {
    tab: 'timing',
    path: 'slow.html',
    title: 'A slow page',
    lesson: 'A second and a half for a few lines, and where the time went.',
  },
  {
    tab: 'tags',
    path: 'page1.htm',
    title: 'A page taken apart',
    lesson: 'Its elements, their attributes, and what a CSS selector finds.',
  },
  {
    tab: 'links',
    path: 'article.html',
    title: 'Links, two ways',
    lesson: 'What a regular expression finds beside a parser, and why they differ.',
    more: [['links', 'compare']],
  },
  {
    tab: 'compare',
    path: 'greeting.html',
    title: 'Asked otherwise',
    lesson: 'One page, asked for in German and by a phone: what differs, and what a cache cannot know.',
    more: GREETED.map((variant) => ['variant', variant]),
  },
  { tab: 'words', path: 'romeo.txt', title: 'Counting words', lesson: '33 words, 26 of them distinct.' },
  {
    tab: 'body',
    path: 'sentence-utf-8-declared-as-windows-1252.txt',
    title: 'A wrong name',
    lesson: 'Bytes of one encoding, declared as another: what comes of quotation marks.',
  },
  {
    tab: 'encoding',
    path: 'romeo.txt',
    title: 'Bytes and characters',
    lesson: 'The same eight bytes, read in eleven encodings.',
    more: [['way', 'decode']],
  },
];

function addressOf({ tab, path, more = [] }: (typeof LESSONS)[number], demo: string): string {
  return `#${readable(new URLSearchParams([['url', demo + path], ['tab', tab], ...more.map(([name, value]) => [name, value])]))}`;
}

/** They are of the demo: where a server has none, nothing is to be learned by a click. */
function Lessons(): JSX.Element | null {
  const [demo, setDemo] = useState<string | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    ask<Schemas['Home']>({ path: '/', accept: 'application/json' }, controller.signal).then(
      (home) => {
        setDemo(home.demo);
      },
      () => {
        // Whoever asks for something will be told why that fails.
      },
    );
    return () => {
      controller.abort();
    };
  }, []);
  if (demo === null) return null;
  return (
    <section aria-labelledby="lessons">
      <h2 id="lessons">Begin with</h2>
      <ul class="lessons">
        {LESSONS.map((lesson) => (
          <li key={lesson.title}>
            <a href={addressOf(lesson, demo)}>
              <strong>{lesson.title}</strong>
              <span>{lesson.lesson}</span>
              <code>{demo.replace(/^https?:\/\//, '') + lesson.path}</code>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
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
      <Lessons />
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
                  <span class="before-url">
                    <TargetText text={url} />
                  </span>
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

import type { ComponentType, JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { useParameter } from './address.ts';
import { AddressFaults } from './address-faults.tsx';
import { Brand } from './brand.tsx';
import type { Asked, FetchAnswer } from './contract.ts';
import { Held } from './held.tsx';
import { RequestPanel } from './request-panel.tsx';
import { type Retrieval, useRetrieval } from './retrieval.ts';
import { Running } from './running.tsx';
import { SchemeSwitch } from './scheme-switch.tsx';
import { Failure } from './server.ts';
import { Status, Summary } from './summary.tsx';
import { TabList } from './tab-list.tsx';
import { type Tab, TABS } from './tabs.ts';
import { plainly, TargetText } from './target-text.tsx';
import { Trouble } from './trouble.tsx';
import { UrlBar } from './url-bar.tsx';
import { AgainContext, AskedContext, type Shown, ShowsContext, type TabProps } from './view.ts';
import { Welcome } from './welcome.tsx';

/** The whole page. */
export function App(): JSX.Element {
  const { retrieval, start, cancel } = useRetrieval();
  const { asked } = retrieval;
  useEffect(() => {
    document.title = asked.url === '' || retrieval.phase === 'idle' ? 'Pagewire' : `${plainly(asked.url)} · Pagewire`;
  }, [asked.url, retrieval.phase]);
  return (
    <div class="app">
      <header class="masthead">
        <Brand href="#" label="Pagewire, from the start" />
        <UrlBar asked={asked} isRunning={retrieval.phase === 'running'} onAsk={start} onCancel={cancel} />
        <nav class="elsewhere" aria-label="Elsewhere">
          <a href="/jobs">Jobs</a>
          <a href="/docs">Endpoints</a>
          <a href="/graphql">Graph</a>
          <SchemeSwitch />
        </nav>
      </header>
      <main class="main">
        <p class="aside" role="status">
          {announcement(retrieval)}
        </p>
        {retrieval.phase !== 'idle' && (
          <h1 class="aside">
            <TargetText text={asked.url} />
          </h1>
        )}
        <AddressFaults />
        <Phase retrieval={retrieval} start={start} />
      </main>
    </div>
  );
}

function Phase({ retrieval, start }: { retrieval: Retrieval; start: (asked: Asked) => void }): JSX.Element {
  if (retrieval.phase === 'idle') return <Welcome />;
  if (retrieval.phase === 'held') {
    return (
      <Held
        asked={retrieval.asked}
        onSend={() => {
          start(retrieval.asked);
        }}
      />
    );
  }
  if (retrieval.phase === 'running') return <Running asked={retrieval.asked} live={retrieval.live} />;
  if (retrieval.phase === 'done') {
    const { asked, answer } = retrieval;
    return (
      <AgainContext.Provider
        value={() => {
          start(asked);
        }}
      >
        <AskedContext.Provider value={asked}>
          <Snapshot asked={asked} answer={answer} />
        </AskedContext.Provider>
      </AgainContext.Provider>
    );
  }
  const { failure, asked } = retrieval;
  return (
    <Trouble
      failure={failure}
      onRetry={() => {
        start(asked);
      }}
    >
      <Succeeded failure={failure.problem} />
    </Trouble>
  );
}

/** What a screen reader is told when it happens. */
function announcement(retrieval: Retrieval): string {
  if (retrieval.phase === 'running') return `Retrieving ${plainly(retrieval.asked.url)}`;
  if (retrieval.phase === 'done') return `Status ${String(retrieval.answer.status)} ${plainly(retrieval.answer.statusText)}`;
  return '';
}

/** The exchanges that did succeed before it failed. */
function Succeeded({ failure }: { failure: { exchanges: FetchAnswer['exchanges'] } | null }): JSX.Element | null {
  if (failure === null || failure.exchanges.length === 0) return null;
  return (
    <ol class="chain">
      {failure.exchanges.map((exchange, index) => (
        <li key={index}>
          <Status status={exchange.status} text={exchange.statusText} /> <code>{exchange.url}</code>
        </li>
      ))}
    </ol>
  );
}

function Snapshot({ asked, answer }: { asked: Asked; answer: FetchAnswer }): JSX.Element {
  const [name, setName] = useParameter('tab', TABS[0].id, 'push');
  const [shown, setShown] = useState<Shown | null>(null);
  const tab = TABS.find(({ id }) => id === name) ?? TABS[0];
  const View = useTab(tab);
  const shows = useCallback((next: Shown): void => {
    setShown(next);
  }, []);
  return (
    <>
      <Summary answer={answer} />
      <div class="work">
        <TabList answer={answer} selected={tab.id} onSelect={setName} />
        <div class="panel-frame">
          <div class={`panel tab-${tab.id}`} id="panel" role="tabpanel" aria-labelledby={`tab-${tab.id}`} tabIndex={0}>
            <ShowsContext.Provider value={shows}>
              {View === null ? (
                <p class="hint">Loading …</p>
              ) : View instanceof Failure ? (
                <Trouble failure={View} />
              ) : (
                <View key={`${tab.id} ${answer.snapshot}`} answer={answer} />
              )}
            </ShowsContext.Provider>
          </div>
          {shown !== null && <RequestPanel asked={shown.asked ?? asked} shown={shown} />}
        </div>
      </div>
    </>
  );
}

/** Tabs are loaded when they are first looked at. */
const loaded = new Map<string, ComponentType<TabProps>>();

/** The view of a tab once it is there, or what kept it from coming. */
function useTab(tab: Tab): ComponentType<TabProps> | Failure | null {
  const [, setLoads] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    if (loaded.has(tab.id)) return;
    setFailure(null);
    tab.load().then(
      ({ default: view }) => {
        loaded.set(tab.id, view);
        setLoads((loads) => loads + 1);
      },
      () => {
        setFailure(
          new Failure(
            'This part of the console did not come',
            'The server may have been replaced by another version: reload the page.',
            null,
          ),
        );
      },
    );
  }, [tab]);
  return loaded.get(tab.id) ?? failure;
}

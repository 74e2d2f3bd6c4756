import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { FetchAnswer } from './contract.ts';
import { count } from './figures.ts';
import { TABS } from './tabs.ts';

/** How far each key moves; Home and End go to the ends. https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

interface TabListProps {
  answer: FetchAnswer;
  selected: string;
  onSelect: (id: string) => void;
}

/** The tabs themselves: one is reached by Tab, the others from there by arrows. */
export function TabList({ answer, selected, onSelect }: TabListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a small screen they stand in a row that is longer than it.
    list.current?.querySelector(`#tab-${selected}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = TABS.findIndex(({ id }) => id === selected);
    const next = Number.isFinite(step) ? (index + step + TABS.length) % TABS.length : step < 0 ? 0 : TABS.length - 1;
    const tab = TABS[next];
    if (tab === undefined) return;
    onSelect(tab.id);
    list.current?.querySelector<HTMLElement>(`#tab-${tab.id}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Views of the snapshot" ref={list} onKeyDown={onKeyDown}>
      {TABS.map(({ id, title, count: countOf }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          class="tab"
          aria-selected={id === selected}
          aria-controls="panel"
          tabIndex={id === selected ? 0 : -1}
          onClick={() => {
            onSelect(id);
          }}
        >
          {title}
          {countOf !== undefined && <span class="tab-count">{count(countOf(answer))}</span>}
        </button>
      ))}
    </div>
  );
}

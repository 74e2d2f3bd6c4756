import type { ComponentType } from 'preact';
import type { FetchAnswer } from './contract.ts';
import type { TabProps } from './view.ts';

/** A tab: one file, and one line here. */
export interface Tab {
  id: string;
  title: string;
  /** What stands beside the title, where it is known without asking. */
  count?: (answer: FetchAnswer) => number;
  load: () => Promise<{ default: ComponentType<TabProps> }>;
}

/** In the order in which they are shown; the first is shown unless the address says another. */
export const TABS: readonly [Tab, ...Tab[]] = [
  { id: 'overview', title: 'Overview', load: () => import('./tabs/overview.tsx') },
  { id: 'headers', title: 'Headers', count: (answer) => answer.headers.length, load: () => import('./tabs/headers.tsx') },
  { id: 'links', title: 'Links', load: () => import('./tabs/links.tsx') },
  { id: 'wire', title: 'Wire', load: () => import('./tabs/wire.tsx') },
  { id: 'timing', title: 'Timing', load: () => import('./tabs/timing.tsx') },
  { id: 'body', title: 'Body', load: () => import('./tabs/body.tsx') },
  { id: 'tags', title: 'Tags', load: () => import('./tabs/tags.tsx') },
  { id: 'text', title: 'Text', load: () => import('./tabs/text.tsx') },
  { id: 'words', title: 'Words', load: () => import('./tabs/words.tsx') },
  { id: 'encoding', title: 'Encoding', load: () => import('./tabs/encoding.tsx') },
  { id: 'metadata', title: 'Metadata', load: () => import('./tabs/metadata.tsx') },
  { id: 'compare', title: 'Compare', load: () => import('./tabs/compare.tsx') },
  { id: 'tls', title: 'TLS', load: () => import('./tabs/tls.tsx') },
];

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
export const TABS: readonly [Tab, ...Tab[]] = [{ id: 'overview', title: 'Overview', load: () => import('./tabs/overview.tsx') }];

import type { ComponentType } from 'preact';
import type { Known } from '../docs/part.ts';
import type { Late } from '../late-part.tsx';

/** What each part of the page is given. */
export interface PartProps {
  /** Of the job; of a form, `new`. */
  id: string;
  known: Known;
}

/** A kind of jobs: its list is there at once, its other parts when they are first looked at. */
export interface Kind {
  /** As the address has it. */
  kind: string;
  title: string;
  List: ComponentType<{ known: Known }>;
  /** A job. */
  one: Late<PartProps>;
  /** The form that begins one, at `#KIND/new`. */
  form?: Late<PartProps>;
}

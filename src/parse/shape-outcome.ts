import type { MissReason } from './extract.model.ts';

/** Why there is no value. */
export interface Missing {
  reason: MissReason;
  message: string;
}

/** A value, or why there is none. One that `isWeak` gives way to what another alternative finds: an empty text, an attribute that is not there. */
export type Outcome = { value: unknown; isWeak?: boolean } | Missing;

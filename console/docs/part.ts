import type { Failure } from '../server.ts';
import type { Schemas } from '../contract.ts';
import type { Place } from './place.ts';

/** What is in force on this server; why it is not known. */
export interface Known {
  limits: Schemas['Limits'] | null;
  failure: Failure | null;
}

/** What each part of the page is given. */
export interface PartProps {
  place: Place;
  known: Known;
}

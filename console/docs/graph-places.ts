/** A field of the graph that answers what an endpoint does. */
export interface GraphPlace {
  /** Its name; null where the page itself is it. */
  field: string | null;
  /** What of it REST answers, too, without braces; empty for a value. */
  selection: string;
  /** How each argument is written: a word of an enumeration, or a value. */
  args: Readonly<Record<string, 'word' | 'value'>>;
}

/** Where each endpoint is in the graph, by its name there: at the root, of a page, or both. */
export interface GraphPlaces {
  places: Record<string, { query?: GraphPlace; page?: GraphPlace }>;
  /** The arguments of `page`. */
  pageArgs: GraphPlace['args'];
}

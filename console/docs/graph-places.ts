/** How a value is written: a word of an enumeration, something that is asked for or not, an object of others, or as it is. */
export type ArgumentKind = 'word' | 'flag' | 'value' | ArgumentKinds;
export interface ArgumentKinds {
  readonly [name: string]: ArgumentKind;
}

/** A field of the graph that answers what an endpoint does. */
export interface GraphPlace {
  /** Its name; null where the page itself is it. */
  field: string | null;
  /** What of it REST answers, too, without braces; empty for a value. */
  selection: string;
  args: ArgumentKinds;
}

/** Where each endpoint is in the graph, by its name there: at the root, of a page, or both. */
export interface GraphPlaces {
  places: Record<string, { query?: GraphPlace; page?: GraphPlace }>;
  /** The fields of the mutation type that do what operations do, by method and path. */
  mutations: Record<string, GraphPlace>;
  /** The arguments of `page`. */
  pageArgs: GraphPlace['args'];
}

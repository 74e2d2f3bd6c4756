import { type Element, isTag } from 'domhandler';

/** What the namespaces of feeds and of their modules are called in the rules, whatever prefix a feed gives them. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2005/Atom', 'atom'],
  ['http://purl.org/atom/ns#', 'atom'],
  ['http://purl.org/rss/1.0/modules/content/', 'content'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://purl.org/dc/terms/', 'dcterms'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://search.yahoo.com/mrss/', 'media'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'rdf'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
]);

/**
 * The name that rules know an element by: `title` for RSS's own in whatever namespace it stands, `atom:title`, `dc:date`. A prefix that a
 * feed forgot to declare means what it means everywhere. `defaultKey` is what a name without prefix and without a known namespace is.
 */
export function feedName(element: Element, defaultKey: '' | 'atom'): string {
  const colon = element.name.indexOf(':');
  const prefix = element.name.slice(0, Math.max(colon, 0)).toLowerCase();
  const key = KEYS.get(element.namespace ?? '') ?? (prefix === '' ? defaultKey : prefix);
  const local = colon === -1 ? element.name : element.name.slice(colon + 1);
  return key === '' ? local : `${key}:${local}`;
}

/** The child elements of an element by their names in feeds, each list in document order. */
export function childrenByName(parent: Element, defaultKey: '' | 'atom'): ReadonlyMap<string, readonly Element[]> {
  const children = new Map<string, Element[]>();
  for (const child of parent.children) {
    if (!isTag(child)) continue;
    const name = feedName(child, defaultKey);
    const known = children.get(name);
    if (known === undefined) children.set(name, [child]);
    else known.push(child);
  }
  return children;
}

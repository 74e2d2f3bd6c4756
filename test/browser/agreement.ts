import type { ReadDom, Reading } from './dom.ts';

/** What is compared of a page, in the order it is told. */
export const ASPECTS = ['links', 'URLs', 'text', 'base URL', 'tags', 'attributes', 'title', 'encoding', 'words', 'white space'] as const;

export type Aspect = (typeof ASPECTS)[number];

/** One thing that a Pagewire server says otherwise than Chromium; `known` names a difference that README.md tells of, null any other. */
export interface Difference {
  aspect: Aspect;
  what: string;
  ours: unknown;
  theirs: unknown;
  known: string | null;
}

/** How many of each there were to compare. */
export type Counts = Readonly<Record<'links' | 'elements' | 'attributes', number>>;

/** What came of a page. */
interface Compared {
  differences: Difference[];
  counts: Counts;
  /** What names to Pagewire what was compared: a snapshot, and its encoding where that is Chromium's and not the one it would take. */
  about: Readonly<Record<string, string>>;
  theirs: Reading;
}

const DETECTED = 'undeclared content that is valid UTF-8 is read as UTF-8 (`detected`), which browsers take for windows-1252';
const APOSTROPHE = "Chromium percent-encodes ' in the query of a URL whose scheme is not special, which the URL Standard does not";

const BASE = 'a base URL that is about: or cannot be parsed is passed over; Chromium resolves against it, or nothing at all';
const SELECT = 'more than options in a select, which browsers read since 2025 and the parser used here does not yet';

const SHADOW = 'what a shadow root leaves unseen is read';

/** https://url.spec.whatwg.org/#special-scheme */
const SPECIAL = /^(?:https?|wss?|ftp|file):/;

/**
 * Asks a Pagewire server and Chromium for the same page. Where their encodings differ on purpose, the rest is compared as read in
 * Chromium's.
 */
export async function compare(read: ReadDom, server: string, url: string): Promise<Compared> {
  const theirs = await read(url);
  const { encoding, source, snapshot } = await encodingOf(server, url);
  const isDetected = source === 'detected' && encoding === 'UTF-8' && theirs.encoding === 'windows-1252';
  const about = { snapshot, ...(isDetected && { encoding: theirs.encoding }) };
  const ours = await readByPagewire(server, about);
  const counts = {
    links: theirs.links.length,
    elements: theirs.elements.length,
    attributes: theirs.elements.reduce((sum, { attributes }) => sum + attributes.length, 0),
  };
  return {
    differences: [
      ...ofLinks(ours, theirs),
      ...different('base URL', 'document base URL', ours.baseUrl, theirs.baseUrl, isBaseOfItsOwn(theirs) ? BASE : null),
      ...ofElements(ours, theirs),
      ...different('title', 'title', ours.title, theirs.title),
      ...different('encoding', 'encoding', encoding, theirs.encoding, isDetected ? DETECTED : null),
      ...ofText(ours, theirs),
    ],
    counts,
    about,
    theirs,
  };
}

function different(aspect: Aspect, what: string, ours: unknown, theirs: unknown, known: string | null = null): Difference[] {
  return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ aspect, what, ours, theirs, known }];
}

/** The words that a reader sees; where these agree, the white space between them. */
function ofText(ours: Said, theirs: Reading): Difference[] {
  const wordsOf = ({ visible }: Said): string[] => visible.split(/\s+/).filter((word) => word !== '');
  const [our, their] = [wordsOf(ours), wordsOf(theirs)];
  const index = our.findIndex((word, at) => word !== their[at]);
  const first = index === -1 ? our.length : index;
  const known = theirs.hasShadowRoot ? SHADOW : null;
  const words = different('words', `from word ${String(first)} on`, our.slice(first, first + 10), their.slice(first, first + 10), known);
  if (words.length > 0) return words;
  const lines = ours.visible.split('\n');
  const theirLines = theirs.visible.split('\n');
  const line = Math.max(
    lines.findIndex((text, at) => text !== theirLines[at]),
    0,
  );
  return ours.visible === theirs.visible ? [] : different('white space', `line ${String(line)}`, lines[line], theirLines[line]);
}

/** No document that was retrieved has such a base URL of its own. */
function isBaseOfItsOwn({ baseUrl }: Reading): boolean {
  return baseUrl.startsWith('about:');
}

function ofLinks(ours: Said, theirs: Reading): Difference[] {
  const length = Math.max(ours.links.length, theirs.links.length);
  return Array.from({ length }, (_, index) => {
    const [our, their] = [ours.links[index], theirs.links[index]];
    const what = `link ${String(index)}`;
    if (our?.href !== their?.href) return different('links', what, our?.href, their?.href, theirs.hasMoreInSelect ? SELECT : null);
    const isApostrophe = our?.url != null && !SPECIAL.test(our.url) && our.url.replaceAll("'", '%27') === their?.url;
    const known = isBaseOfItsOwn(theirs) ? BASE : isApostrophe ? APOSTROPHE : null;
    return [...different('URLs', what, our?.url, their?.url, known), ...different('text', what, our?.text, their?.text)];
  }).flat();
}

/** Of each name how many there are; where these agree, the attributes of every element in tree order. */
function ofElements(ours: Said, theirs: Reading): Difference[] {
  const known = theirs.hasMoreInSelect ? SELECT : null;
  const [our, their] = [countsOf(ours), countsOf(theirs)];
  const names = [...new Set([...our.keys(), ...their.keys()])];
  const tags = names.flatMap((name) => different('tags', `how many ${name}`, our.get(name) ?? 0, their.get(name) ?? 0, known));
  const attributes = ours.elements.flatMap((element, index) =>
    different('attributes', `element ${String(index)}`, element, theirs.elements[index], known),
  );
  // What one more or less moves on is not told of every element after it.
  return tags.length === 0 ? attributes : [...tags, ...attributes.slice(0, 1)];
}

function countsOf({ elements }: Said): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of elements) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** What the views say of a page that the DOM has, too. */
type Said = Pick<Reading, 'title' | 'baseUrl' | 'links' | 'elements' | 'visible'>;

interface Fetched {
  snapshot: string;
  body: { encoding: { name: string; source: string } };
}

async function encodingOf(server: string, url: string): Promise<{ encoding: string; source: string; snapshot: string }> {
  const { snapshot, body } = await ask<Fetched>(`${server}/fetch?${query({ url, cache: 'reload', fields: 'snapshot,body.encoding' })}`);
  return { encoding: body.encoding.name, source: body.encoding.source, snapshot };
}

async function readByPagewire(server: string, about: Readonly<Record<string, string>>): Promise<Said> {
  const { links, baseUrl } = await ask<Said>(`${server}/links?${query({ ...about, fields: 'baseUrl,links.href,links.url,links.text' })}`);
  const { title, sources } = await ask<{ title: string | null; sources: { member: string; source: string }[] }>(
    `${server}/metadata?${query({ ...about, fields: 'title,sources' })}`,
  );
  // Without a title element, something else may serve as the title.
  const isOfElement = sources.some(({ member, source }) => member === 'title' && source === 'title');
  const { text } = await ask<{ text: string }>(`${server}/text?${query({ ...about, fields: 'text' })}`);
  const { tags } = await ask<{ tags: Reading['elements'] }>(
    `${server}/tags?${query({ ...about, tag: '*', fields: 'tags.name,tags.attributes' })}`,
  );
  return {
    title: isOfElement ? (title ?? '') : '',
    baseUrl,
    links,
    elements: tags,
    visible: text,
  };
}

function query(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams(parameters).toString();
}

async function ask<Json>(address: string): Promise<Json> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${String(response.status)} ${(await response.text()).slice(0, 500)}: ${address}`);
  return (await response.json()) as Json;
}

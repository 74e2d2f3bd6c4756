import type { PageOptions } from '../api/list-page.ts';
import { ProblemError } from '../api/problem.ts';
import { createAnswerBudget } from './answer-budget.ts';
import { createDocument, type PageDocument } from './document.ts';
import type { Feed } from './feed.model.ts';
import { readJsonFeed } from './json-feed.ts';
import { linkedFeeds } from './metadata.ts';
import { readXmlFeed } from './xml-feed.ts';

/**
 * A feed in one shape, whatever it is written in: RSS, Atom or JSON Feed, told by its content whatever its media type says. URLs are
 * resolved against `xml:base` and the document's URL. Throws NOT_A_DOCUMENT for what is no feed, with the feeds that an HTML page links
 * to, and PARSE_LIMIT_EXCEEDED.
 */
export function feed(document: PageDocument, options: PageOptions): Feed {
  const budget = createAnswerBudget(document.url);
  const spend = (text: string): string => budget.spend(text);
  const found = JSON_OBJECT.test(document.text)
    ? readJsonFeed(document, options, spend)
    : isXml(document)
      ? readXmlFeed(asXml(document), options, spend)
      : null;
  if (found !== null) return found;
  throw new ProblemError('NOT_A_DOCUMENT', `The content is no feed that is known (RSS, Atom, JSON Feed). ${advice(document)}`, {
    phase: 'parse',
    url: document.url ?? undefined,
  });
}

const JSON_OBJECT = /^[\t\n\r ]*\{/;

/** Feeds are sent as HTML and as plain text too. https://mimesniff.spec.whatwg.org/#sniffing-a-mislabeled-feed */
function isXml({ syntax, text }: PageDocument): boolean {
  return syntax === 'xml' || /^<(?:rss|feed|rdf:RDF)[\s>]/.test(text.slice(rootOffset(text), rootOffset(text) + 10));
}

/** Where the first tag begins, behind comments, declarations and processing instructions; the text's length where there is none. */
function rootOffset(text: string): number {
  let at = 0;
  for (;;) {
    while (SPACE.has(text.charAt(at))) at++;
    const [, end] = PROLOG.find(([start]) => text.startsWith(start, at)) ?? [];
    if (end === undefined) return at;
    const close = text.indexOf(end, at);
    if (close === -1) return text.length;
    at = close + end.length;
  }
}

const SPACE: ReadonlySet<string> = new Set(['\t', '\n', '\f', '\r', ' ']);
const PROLOG = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<!', '>'],
] as const;

/** The same text, read as XML. */
function asXml(document: PageDocument): PageDocument {
  const { syntax, text, url, baseUrl, encoding } = document;
  return syntax === 'xml' ? document : createDocument({ text, url, baseUrl, syntax: 'xml', encoding });
}

/** How many addresses a problem names. */
const MOST_NAMED = 10;

function advice(document: PageDocument): string {
  if (document.syntax !== 'html') return 'Ask for the address of a feed.';
  const feeds = [...new Set(linkedFeeds(document))];
  if (feeds.length === 0) return 'It is an HTML page, and links to no feed.';
  const more = feeds.length > MOST_NAMED ? ` and ${String(feeds.length - MOST_NAMED)} more` : '';
  return `It is an HTML page, and links to ${feeds.slice(0, MOST_NAMED).join(' , ')}${more}: ask for ${feeds.length === 1 ? 'that' : 'one of these'}.`;
}

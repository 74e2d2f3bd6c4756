import { Readability } from '@mozilla/readability';
import type { Document, Element } from 'domhandler';
import { ProblemError } from '../api/problem.ts';
import { documentBaseUrl } from '../parse/document-base-url.ts';
import type { PageDocument } from '../parse/document.ts';
import { encodingParseUrl } from '../parse/encoding-parse-url.ts';
import { isoDate } from '../parse/iso-date.ts';
import { pageRoot } from '../parse/page-facts.ts';
import { descendantElements, isHtmlElement, stripAndCollapseAsciiWhitespace } from '../parse/tree.ts';
import type { DomElement } from './dom.ts';
import { copyToDom, treeOf } from './dom-copy.ts';
import { renderedText } from './visible-text.ts';

/** The main article of a page, as the reader view of Firefox shows it. What nobody says is null. */
export interface Article {
  /** Without the name of the site. */
  title: string | null;
  byline: string | null;
  siteName: string | null;
  /** What the page calls its description, or the first paragraph. */
  excerpt: string | null;
  /** As written. */
  language: string | null;
  direction: string | null;
  /** ISO 8601; null where it is in no known form. */
  published: string | null;
  /** Links and images resolved, scripts and styles gone. Elements stand where they stood in the page's text. */
  content: Document;
  /** What a reader sees of the content. */
  text: string;
}

/** Readability reads the text of every element many times. Ten times what long articles have. */
const MAX_ELEMENTS = 100_000;

/** As deep as Chromium's parser goes, which makes siblings of what is deeper. */
const MAX_DEPTH = 512;

/**
 * The main article of an HTML document, found by Readability; null where there is none, and for XML that is not HTML.
 * Throws NOT_A_DOCUMENT for what is neither, PARSE_LIMIT_EXCEEDED.
 */
export function article(document: PageDocument): Article | null {
  const root = pageRoot(document);
  if (root === null || !isHtmlElement(root)) return null;
  checkSize(document);
  const { baseUrl } = documentBaseUrl(document);
  const dom = copyToDom(document.tree, baseUrl, MAX_DEPTH, (element, name, value) => resolved(document, baseUrl, element, name, value));
  const found = new Readability<DomElement>(dom, { serializer: (element: unknown) => element as DomElement, keepClasses: true }).parse();
  if (found?.content == null) return null;
  const content = treeOf(found.content);
  return {
    title: line(found.title),
    byline: line(found.byline),
    siteName: line(found.siteName),
    excerpt: line(found.excerpt),
    language: line(found.lang),
    direction: line(found.dir)?.toLowerCase() ?? null,
    published: isoDate(found.publishedTime ?? ''),
    content,
    text: renderedText(content),
  };
}

function checkSize({ tree, url }: PageDocument): void {
  const elements = descendantElements(tree);
  for (let count = 0; elements.next().done !== true; count++) {
    if (count < MAX_ELEMENTS) continue;
    throw new ProblemError(
      'PARSE_LIMIT_EXCEEDED',
      `The document has more than ${String(MAX_ELEMENTS)} elements, and no article is looked for among so many. Its whole text can be read.`,
      { phase: 'parse', url: url ?? undefined },
    );
  }
}

/** Links and images by the document's own rules, but for fragments: Readability weighs them less. */
function resolved({ encoding }: PageDocument, baseUrl: string | null, element: Element, name: string, value: string): string {
  if ((name !== 'href' && name !== 'src') || !isHtmlElement(element) || value.startsWith('#')) return value;
  return encodingParseUrl(value, baseUrl, encoding)?.href ?? value;
}

/** On one line; null where there is nothing. */
function line(written: string | null | undefined): string | null {
  return stripAndCollapseAsciiWhitespace(written ?? '') || null;
}

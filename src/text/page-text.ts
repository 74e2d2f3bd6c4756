import { type Element, isTag } from 'domhandler';
import { invalidParameter } from '../api/problem.ts';
import type { PageDocument } from '../parse/document.ts';
import { selectedElements } from '../parse/select.ts';
import { following } from '../parse/tree.ts';
import { article } from './article.ts';
import { aboutPage } from './page-about.ts';
import type { TextOptions } from './text.args.ts';
import type { PageText } from './text.model.ts';
import { renderedText, visibleText } from './visible-text.ts';

/**
 * The text that a reader sees of a page, of its main article, or of the elements that a selector matches. Throws INVALID_REQUEST for both
 * at once, INVALID_SELECTOR, NOT_A_DOCUMENT for a selector in other text, PARSE_LIMIT_EXCEEDED.
 */
export function pageText(document: PageDocument, { scope, selector }: TextOptions): PageText {
  const { title, language } = aboutPage(document);
  if (selector !== undefined) {
    if (scope === 'article') throw invalidParameter('selector', 'goes with scope=page: an article is found, not selected');
    const elements = selectedElements(document, selector);
    const texts = outermost(document, elements).map((element) => renderedText(element));
    return { scope: 'page', elements: elements.length, title, language, ...measured(texts.join('\n')) };
  }
  const found = scope === 'article' && document.syntax !== 'text' ? article(document) : null;
  if (found === null) return { scope: 'page', elements: null, title, language, ...measured(visibleText(document)) };
  return {
    scope: 'article',
    elements: null,
    title: found.title ?? title,
    language: found.language ?? language,
    ...measured(found.text),
  };
}

/** Those elements that are in no other of them, in tree order. */
function outermost({ tree }: PageDocument, elements: readonly Element[]): Element[] {
  const wanted = new Set<unknown>(elements);
  const found: Element[] = [];
  let node = following(tree, tree);
  while (node !== null) {
    const current = node;
    const isWanted = isTag(current) && wanted.has(current);
    if (isWanted) found.push(current);
    node = following(current, tree, isWanted);
  }
  return found;
}

function measured(text: string): Pick<PageText, 'text' | 'characters' | 'lines'> {
  let characters = text.length;
  for (let at = 0; at < text.length; at++) if ((text.codePointAt(at) ?? 0) > 0xffff) characters -= 1;
  let lines = text === '' ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return { characters, lines, text };
}

import { isTag } from 'domhandler';
import { documentBaseUrl } from '../parse/document-base-url.ts';
import type { PageDocument } from '../parse/document.ts';
import { encodingParseUrl } from '../parse/encoding-parse-url.ts';
import { documentElement, isHtmlElement, type Parent } from '../parse/tree.ts';
import { article } from './article.ts';
import type { MarkdownOptions } from './markdown.args.ts';
import type { PageMarkdown } from './markdown.model.ts';
import { markdownOf } from './markdown.ts';
import { aboutPage } from './page-about.ts';
import { renderedText } from './visible-text.ts';

/**
 * A page as Markdown: its main article, or the whole of it where there is none or it is asked for. What Readability does not find of an
 * article, the page's own words tell. Throws NOT_A_DOCUMENT for what is neither HTML nor XML, PARSE_LIMIT_EXCEEDED.
 */
export function pageMarkdown(document: PageDocument, { scope }: MarkdownOptions): PageMarkdown {
  const root = bodyOf(document);
  const found = scope === 'article' ? article(document) : null;
  const page = aboutPage(document);
  const content = found?.content ?? root;
  const { baseUrl } = documentBaseUrl(document);
  const resolve = (written: string): string | null => encodingParseUrl(written, baseUrl, document.encoding)?.href ?? null;
  return {
    scope: found === null ? 'page' : 'article',
    title: found?.title ?? page.title,
    byline: found?.byline ?? page.byline,
    excerpt: found?.excerpt ?? page.excerpt,
    published: found?.published ?? page.published,
    language: found?.language ?? page.language,
    words: countWords(found?.text ?? renderedText(root)),
    markdown: markdownOf(content, resolve, document.url),
  };
}

/** The element that holds what is read; the whole tree where it is not HTML. */
function bodyOf({ tree }: PageDocument): Parent {
  const root = documentElement(tree);
  return root?.children.filter(isTag).find((child) => isHtmlElement(child, 'body')) ?? tree;
}

function countWords(text: string): number {
  let count = 0;
  for (const word = /\S+/g; word.test(text);) count++;
  return count;
}

import type { PageDocument } from '../parse/document.ts';
import { documentElement, isHtmlElement } from '../parse/tree.ts';
import { article } from '../text/article.ts';
import { visibleText } from '../text/visible-text.ts';
import type { WordSource } from './wordcount.model.ts';

/** A text of a document. */
export interface SourceText {
  /** Which text it is. */
  source: WordSource;
  text: string;
  /** Its lines are those of a page as it is laid out: blocks. Those of other text may be broken anywhere. */
  isLaidOut: boolean;
  /** An article was asked for, and there is none. */
  lacksArticle: boolean;
}

/**
 * The text that is asked for, or the one that is read where nobody says which; the latter also where an article is asked for and there is
 * none. Throws PARSE_LIMIT_EXCEEDED.
 */
export function sourceText(document: PageDocument, wanted: WordSource | undefined): SourceText {
  if (wanted === 'article') {
    const found = document.syntax === 'text' ? null : article(document);
    if (found !== null) return { source: 'article', text: found.text, isLaidOut: true, lacksArticle: false };
  }
  const source = wanted === undefined || wanted === 'article' ? defaultSource(document) : wanted;
  const lacksArticle = wanted === 'article';
  if (source === 'raw') return { source, text: document.text, isLaidOut: false, lacksArticle };
  return { source, text: visibleText(document), isLaidOut: document.syntax !== 'text', lacksArticle };
}

/** XHTML is HTML in another syntax; to look for its namespace in the text first spares other XML the parsing. */
function defaultSource(document: PageDocument): WordSource {
  if (document.syntax === 'html') return 'text';
  if (document.syntax === 'text' || !document.text.includes('http://www.w3.org/1999/xhtml')) return 'raw';
  const root = documentElement(document.tree);
  return root !== null && isHtmlElement(root, 'html') ? 'text' : 'raw';
}

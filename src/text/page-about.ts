import type { PageDocument } from '../parse/document.ts';
import { applyRules } from '../parse/metadata-rules.ts';
import { pageFacts, pageRoot } from '../parse/page-facts.ts';

/** What a page says of its text, as `/metadata` finds it; null where it does not say. */
export interface PageAbout {
  title: string | null;
  byline: string | null;
  siteName: string | null;
  excerpt: string | null;
  language: string | null;
  /** ISO 8601. */
  published: string | null;
}

/** Throws PARSE_LIMIT_EXCEEDED. Text and XML of other kinds say nothing. */
export function aboutPage(document: PageDocument): PageAbout {
  const root = document.syntax === 'text' ? null : pageRoot(document);
  if (root === null) return { title: null, byline: null, siteName: null, excerpt: null, language: null, published: null };
  const { title, author, siteName, description, language, published } = applyRules(pageFacts(document, root)).values;
  return { title, byline: author, siteName, excerpt: description, language, published };
}

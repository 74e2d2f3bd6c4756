import { pageCharacters } from './characters/page-characters.ts';
import { compareFunction } from './compare/compare-task.ts';
import { decodeFunction } from './encode/decode-bytes.ts';
import { encodeFunction } from './encode/encode-text.ts';
import { formFunction } from './fetch/form-task.ts';
import { extract } from './parse/extract.ts';
import { feed } from './parse/feed.ts';
import { links } from './parse/links.ts';
import { linksCompare } from './parse/links-compare.ts';
import { metadata } from './parse/metadata.ts';
import { outline } from './parse/outline.ts';
import { defineView, viewFunctions } from './parse/parse-task.ts';
import { passFunction } from './parse/pass.ts';
import { select } from './parse/select.ts';
import { steadyPage } from './parse/steady.ts';
import { tags } from './parse/tags.ts';
import { sitemapFunction } from './sites/sitemap-task.ts';
import { serveTasks } from './tasks/serve-tasks.ts';
import { plainWords, wordCount } from './wordcount/word-count.ts';
import { pageMarkdown } from './text/page-markdown.ts';
import { pageText } from './text/page-text.ts';
import { tableCsv, tables } from './text/tables.ts';

/** The views that read a document. A new one is a line here. */
const VIEWS = {
  characters: defineView(pageCharacters, ({ total }) => total),
  extract: defineView(extract, () => 1),
  feed: defineView(feed, ({ total }) => total),
  links: defineView(links, ({ total }) => total),
  'links-compare': defineView(linksCompare, ({ total }) => total),
  markdown: defineView(pageMarkdown, () => 1),
  metadata: defineView(metadata, () => 1),
  outline: defineView(outline, ({ links }) => links.length),
  select: defineView(select, ({ total }) => total),
  steady: defineView(steadyPage, () => 1),
  tables: defineView(tables, ({ total }) => total),
  'table-csv': defineView(tableCsv, () => 1),
  tags: defineView(tags, ({ total }) => total),
  text: defineView(pageText, () => 1),
  wordcount: defineView(wordCount, ({ distinct }) => distinct),
  words: defineView(plainWords, ({ words }) => words.length),
};

serveTasks({
  ...viewFunctions(VIEWS),
  pass: passFunction(VIEWS),
  form: formFunction,
  compare: compareFunction,
  encode: encodeFunction,
  decode: decodeFunction,
  sitemap: sitemapFunction,
});

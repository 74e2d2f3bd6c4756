import { getNamedType, getNullableType, type GraphQLResolveInfo, isListType, isObjectType } from 'graphql';
import { PageCharactersOptions } from '../characters/characters.args.ts';
import { PageCharacters } from '../characters/characters.model.ts';
import { ExtractOptions } from '../parse/extract.args.ts';
import { Extraction } from '../parse/extract.model.ts';
import { FeedOptions } from '../parse/feed.args.ts';
import { Feed } from '../parse/feed.model.ts';
import { LinksCompareOptions } from '../parse/links-compare.args.ts';
import { LinksComparison } from '../parse/links-compare.model.ts';
import { Links } from '../parse/links.model.ts';
import { Metadata } from '../parse/metadata.model.ts';
import { SelectOptions } from '../parse/select.args.ts';
import { Selection } from '../parse/select.model.ts';
import { TagsOptions } from '../parse/tags.args.ts';
import { Tags } from '../parse/tags.model.ts';
import { MarkdownOptions } from '../text/markdown.args.ts';
import { PageMarkdown } from '../text/markdown.model.ts';
import { TablesOptions } from '../text/tables.args.ts';
import { Tables } from '../text/tables.model.ts';
import { TextOptions } from '../text/text.args.ts';
import { PageText } from '../text/text.model.ts';
import { WordCountOptions } from '../wordcount/wordcount.args.ts';
import { WordCount } from '../wordcount/wordcount.model.ts';
import { askedOf } from './asked-fields.ts';
import { FollowableLinksOptions } from './element.args.ts';
import { GraphFields } from './field.decorator.ts';
import type { OperationContext } from './operation.ts';
import type { Readable } from './page.model.ts';
import { repetitionOf } from './repetition.ts';
import { unhurried } from './unhurried.ts';

/** A view as a field: its name in worker.ts, the class of its answer, and that of its arguments where it takes any. */
interface ViewField {
  name: string;
  view: string;
  type: () => unknown;
  options?: new () => object;
  description: string;
}

/** What can be read off a page, and off a document of the caller's own. A new view is a line here. */
const VIEWS: readonly ViewField[] = [
  v('encode', 'characters', PageCharacters, PageCharactersOptions, 'A text of the document as characters and as bytes.'),
  v('extract', 'extract', Extraction, ExtractOptions, 'A shape of your own, filled from the document.'),
  v('feed', 'feed', Feed, FeedOptions, 'The document as a feed.'),
  v('links', 'links', Links, FollowableLinksOptions, 'The links of the document.'),
  v(
    'linksCompare',
    'links-compare',
    LinksComparison,
    LinksCompareOptions,
    'The links that a regular expression finds beside those that a parser finds.',
  ),
  v('markdown', 'markdown', PageMarkdown, MarkdownOptions, 'The main article of the document as Markdown.'),
  v('metadata', 'metadata', Metadata, undefined, 'What the document says of itself.'),
  v('select', 'select', Selection, SelectOptions, 'What a CSS selector or an XPath expression finds.'),
  v('tables', 'tables', Tables, TablesOptions, 'The tables of the document.'),
  v('tags', 'tags', Tags, TagsOptions, 'Elements of the document, by local name.'),
  v('text', 'text', PageText, TextOptions, 'The text that a reader of the document sees.'),
  v('wordCount', 'wordcount', WordCount, WordCountOptions, 'The words of the document and how often each occurs.'),
];

function v(name: string, view: string, type: unknown, options: (new () => object) | undefined, description: string): ViewField {
  return { name, view, type: () => type, description, ...(options !== undefined && { options }) };
}

/** Class decorator of a resolver: every view is a field of its type. */
export function ReadsViews(): ClassDecorator {
  return GraphFields(
    VIEWS.map(({ view, ...field }) => ({
      ...field,
      nullable: true,
      extensions: { view: { name: view, options: field.options ?? null } },
      resolve: ({ source }: Readable, options: object | undefined, { operation }: OperationContext, info: GraphQLResolveInfo) =>
        operation.answer(repetitionOf(info), async () => {
          const asked = await askedOf(info);
          const { value, ...sizes } = await operation.view(source, { view, options: options ?? {}, asked });
          return { ...sizes, value: value && unhurried(value, sizes.objects, listsOf(info)) };
        }),
    })),
  );
}

/** Which fields of the answer are lists by their type. */
function listsOf({ returnType }: GraphQLResolveInfo): (name: string) => boolean {
  const type = getNamedType(returnType);
  const fields = isObjectType(type) ? type.getFields() : {};
  return (name) => isListType(getNullableType(fields[name]?.type));
}

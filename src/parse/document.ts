import type { Document, Element } from 'domhandler';
import { ProblemError } from '../api/problem.ts';
import type { EncodingSource } from '../encode/character-encoding.ts';
import type { HeaderField } from '../fetch/field-lines.ts';
import { parseHtml } from './html-parser.ts';
import { scanLinks, type ScanLimits, type ScannedPage } from './link-scanner.ts';
import { createPositions, type SourcePosition } from './source-position.ts';
import { listDescendantElements } from './tree.ts';
import { DEFAULT_PARSE_LIMITS, type ParseLimits } from './tree-limits.ts';
import { parseXml } from './xml-parser.ts';

/** A snapshot's decoded content, or a text that the caller sent, and what reading it depends on. */
export interface DocumentSource {
  /** Decoded; or bytes that are valid UTF-8, which are decoded when the text is first needed. Without byte order mark. */
  text: string | Buffer;
  /** The final URL; null for a document that the caller sent. */
  url: string | null;
  /** The `baseUrl` parameter of a document that the caller sent. */
  baseUrl: string | null;
  /** `text` is not a document: it has no tree. */
  syntax: 'html' | 'xml' | 'text';
  /** A name of the Encoding Standard: queries of URLs are encoded in it. */
  encoding: string;
  /** What decided `encoding`; absent for a text that the caller sent, which has none of its own. */
  encodingSource?: EncodingSource;
  /** Those header fields of the response that views read; absent for a document that the caller sent. */
  fields?: readonly HeaderField[];
}

/** A document that views read. Parsed when a view first needs its tree, and once. */
export interface PageDocument extends Readonly<Omit<DocumentSource, 'text'>> {
  /** Decoded, without byte order mark. */
  readonly text: string;
  /** Throws NOT_A_DOCUMENT for `text`, PARSE_LIMIT_EXCEEDED where a limit is passed. */
  readonly tree: Document;
  /** All elements of the tree, in tree order, template content left out. Throws as `tree` does. */
  readonly elements: readonly Element[];
  /** What a scan of HTML tells of its links; null where only a tree can tell, or tells already, and beyond the limits of the first scan. */
  scan(limits?: ScanLimits): ScannedPage | null;
  /** Where an offset of the text is. */
  position(offset: number | null): SourcePosition;
}

/**
 * Makes a document of decoded content. https://html.spec.whatwg.org/multipage/dom.html#documents
 *
 * @example
 * createDocument({ text: '<p>Hello', url: 'http://example.com/', baseUrl: null, syntax: 'html', encoding: 'UTF-8' }).tree
 */
export function createDocument(source: DocumentSource, limits: ParseLimits = DEFAULT_PARSE_LIMITS): PageDocument {
  return new ReadOnceDocument(source, limits);
}

// A class: getters of a literal are part of its hidden class, which outlives the document, and the text with it, until all memory is swept.
class ReadOnceDocument implements PageDocument {
  readonly #source: string | Buffer;
  #text: string | undefined;
  readonly url: string | null;
  readonly baseUrl: string | null;
  readonly syntax: DocumentSource['syntax'];
  readonly encoding: string;
  readonly encodingSource?: EncodingSource;
  readonly fields?: readonly HeaderField[];
  readonly #limits: ParseLimits;
  #tree: Document | undefined;
  #elements: readonly Element[] | undefined;
  #scanned: ScannedPage | null | undefined;
  #positions: ((offset: number | null) => SourcePosition) | undefined;

  constructor({ text, url, baseUrl, syntax, encoding, encodingSource, fields }: DocumentSource, limits: ParseLimits) {
    this.#source = text;
    this.url = url;
    this.baseUrl = baseUrl;
    this.syntax = syntax;
    this.encoding = encoding;
    if (encodingSource !== undefined) this.encodingSource = encodingSource;
    if (fields !== undefined) this.fields = fields;
    this.#limits = limits;
  }

  get text(): string {
    return (this.#text ??= typeof this.#source === 'string' ? this.#source : this.#source.toString('utf8'));
  }

  get tree(): Document {
    if (this.syntax === 'text') {
      throw new ProblemError(
        'NOT_A_DOCUMENT',
        'The content is neither HTML nor XML, so it has no elements. /text, /wordcount and /links?method=regex read other text.',
        {
          phase: 'parse',
          url: this.url ?? undefined,
        },
      );
    }
    return (this.#tree ??= (this.syntax === 'xml' ? parseXml : parseHtml)(this.text, this.#limits, this.url));
  }

  get elements(): readonly Element[] {
    return (this.#elements ??= listDescendantElements(this.tree));
  }

  scan(limits?: ScanLimits): ScannedPage | null {
    if (this.#tree !== undefined || this.syntax !== 'html') return null;
    if (this.#scanned === undefined) this.#scanned = scanLinks(this.#source, limits);
    return this.#scanned;
  }

  position(offset: number | null): SourcePosition {
    return (this.#positions ??= createPositions(this.text))(offset);
  }
}

import { isTag } from 'domhandler';
import { Parser as XmlTokens } from 'htmlparser2';
import { Parser, type ParserOptions, type Token } from 'parse5';
import type { Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import { countingTreeAdapter } from './html-parser.ts';
import type { PageDocument } from './document.ts';
import { createTreeCount, DEFAULT_PARSE_LIMITS } from './tree-limits.ts';

/** A token of a document's source. Offsets in UTF-16 code units of its text; `end` is behind it. */
export interface SourceToken {
  kind: 'start' | 'end' | 'comment' | 'text' | 'other';
  start: number;
  end: number;
  /** Of a tag its name, of a text that of the element it stands in; else empty. */
  name: string;
  /** In the content of a template. */
  inTemplate: boolean;
}

/**
 * Reads a document anew and tells of each token, as the parser takes it: what looks like a tag in a script is none. Tokens come in the order of the
 * source, some twice. A tag that the text ends in is no token. Throws PARSE_LIMIT_EXCEEDED.
 * https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 */
export function eachSourceToken(document: PageDocument, onToken: (token: SourceToken) => void): void {
  if (document.syntax === 'xml') eachXmlToken(document.text, onToken);
  else eachHtmlToken(document, onToken);
}

function eachHtmlToken({ text, url }: PageDocument, onToken: (token: SourceToken) => void): void {
  const treeAdapter = countingTreeAdapter(createTreeCount(DEFAULT_PARSE_LIMITS, url));
  new TellingParser({ scriptingEnabled: false, sourceCodeLocationInfo: true, treeAdapter }, onToken).read(text);
}

/** The parser itself, as only its tree says how the next token is to be read. */
class TellingParser extends Parser<Htmlparser2TreeAdapterMap> {
  readonly #onToken: (token: SourceToken) => void;

  constructor(options: ParserOptions<Htmlparser2TreeAdapterMap>, onToken: (token: SourceToken) => void) {
    super(options);
    this.#onToken = onToken;
  }

  read(text: string): void {
    this.tokenizer.write(text, true);
  }

  override onStartTag(token: Token.TagToken): void {
    this.#tell('start', token, token.tagName);
    super.onStartTag(token);
  }

  override onEndTag(token: Token.TagToken): void {
    this.#tell('end', token, token.tagName);
    super.onEndTag(token);
  }

  override onComment(token: Token.CommentToken): void {
    this.#tell('comment', token);
    super.onComment(token);
  }

  override onDoctype(token: Token.DoctypeToken): void {
    this.#tell('other', token);
    super.onDoctype(token);
  }

  // What has no character but these two is never of interest.
  override onCharacter(token: Token.CharacterToken): void {
    const { current } = this.openElements;
    this.#tell('text', token, current !== undefined && isTag(current) ? current.name : '');
    super.onCharacter(token);
  }

  #tell(kind: SourceToken['kind'], { location }: Token.Token, name = ''): void {
    if (location === null) return;
    this.#onToken({ kind, start: location.startOffset, end: location.endOffset, name, inTemplate: this.openElements.tmplCount > 0 });
  }
}

function eachXmlToken(text: string, onToken: (token: SourceToken) => void): void {
  const tell = (kind: SourceToken['kind'], name = ''): void => {
    onToken({ kind, start: parser.startIndex, end: parser.endIndex + 1, name, inTemplate: false });
  };
  const parser = new XmlTokens(
    {
      onopentag: (name) => {
        tell('start', name);
      },
      ontext: () => {
        tell('text');
      },
      oncomment: () => {
        tell('comment');
      },
      onclosetag: (name, isImplied) => {
        if (!isImplied) tell('end', name);
      },
      onprocessinginstruction: () => {
        tell('other');
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
}

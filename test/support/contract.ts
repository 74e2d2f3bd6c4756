/** The answers as the public contract declares them, written down once more so that the tests do not trust the models. */

export interface Field {
  name: string;
  value: string;
}

/** RFC 9457 with the members of our own. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  url: string | null;
  phase: string | null;
  retryable: boolean;
  requestId: string;
  errors: { parameter: string; message: string }[];
  exchanges: Exchange[];
}

/** The members of every problem. */
export const PROBLEM_MEMBERS = [
  'code',
  'detail',
  'errors',
  'exchanges',
  'phase',
  'requestId',
  'retryable',
  'status',
  'title',
  'type',
  'url',
];

/** What every answer about a target says. */
export interface TargetAnswer {
  snapshot: string;
  url: string;
  finalUrl: string;
  status: number;
  fetchedAt: string;
  cache: { status: string; coalesced: boolean; age: number | null; freshUntil: string | null };
}

export interface Exchange {
  url: string;
  method: string;
  httpVersion: string;
  status: number;
  statusText: string;
  requestHeaders: Field[];
  headers: Field[];
  headerBytes: number;
  informational: { status: number; statusText: string; headers: Field[]; atMs: number }[];
  remote: { address: string; port: number };
  startedAt: string;
  trailers: Field[];
  reused: boolean;
  stored: boolean;
  tls: Tls | null;
  timings: Timings;
}

export interface Tls {
  protocol: string | null;
  cipher: string | null;
  alpn: string | null;
  authorized: boolean;
  authorizationError: string | null;
  certificate: Certificate | null;
  chain: Certificate[];
}

export interface Certificate {
  subject: string;
  issuer: string;
  names: string[];
  validFrom: string;
  validTo: string;
  fingerprint256: string;
  serialNumber: string;
}

export interface Timings {
  wait: number | null;
  dns: number | null;
  tcp: number | null;
  tls: number | null;
  request: number | null;
  firstByte: number | null;
  download: number | null;
  total: number;
}

export interface Body {
  mediaType: string | null;
  contentEncoding: string | null;
  transferBytes: number;
  bytes: number;
  sha256: string;
  truncated: boolean;
  encoding: {
    name: string;
    source: string;
    candidates: { source: string; label: string; offset: number | null }[];
    conflict: boolean;
    replacements: number;
    firstInvalidOffset: number | null;
    repair: { from: string; to: string; sample: string } | null;
  } | null;
  text: string | null;
  base64: string | null;
  chunks: { bytes: number; total: number; atMs: number }[];
}

export interface FetchAnswer extends TargetAnswer {
  statusText: string;
  ok: boolean;
  redirected: boolean;
  headers: Field[];
  exchanges: Exchange[];
  body: Body;
}

export interface HeadersAnswer extends TargetAnswer {
  statusText: string;
  httpVersion: string;
  headers: Field[];
  headerBytes: number;
  redirects: { url: string; status: number }[];
}

export interface Position {
  index: number;
  line: number;
  column: number;
  offset: number;
}

export interface Link {
  href: string;
  url: string | null;
  text: string | null;
  element: string | null;
  attribute: string | null;
  descriptor: string | null;
  rel: string[];
  title: string | null;
  kind: string;
  registrableDomain: string | null;
  nearestHeading: string | null;
  landmark: string | null;
  inNav: boolean | null;
  occurrence: number;
  occurrences: number;
  position: Position;
}

export interface LinksAnswer extends TargetAnswer {
  baseUrl: string;
  baseSource: string;
  total: number;
  next: string | null;
  links: Link[];
}

export interface Element {
  name: string;
  html: string;
  attributes: Field[];
  text: string;
  contents: string[];
  position: Position;
}

export interface TagsAnswer extends TargetAnswer {
  total: number;
  next: string | null;
  tags: Element[];
}

export interface TextAnswer extends TargetAnswer {
  scope: string;
  elements: number | null;
  title: string | null;
  language: string | null;
  characters: number;
  lines: number;
  text: string;
}

export interface MarkdownAnswer extends TargetAnswer {
  scope: string;
  title: string | null;
  byline: string | null;
  excerpt: string | null;
  published: string | null;
  language: string | null;
  words: number;
  markdown: string;
}

export interface TablesAnswer extends TargetAnswer {
  total: number;
  next: string | null;
  tables: {
    caption: string | null;
    summary: string | null;
    parent: number | null;
    columns: number;
    headerRows: number;
    headers: string[];
    rows: string[][];
    records: Record<string, string>[] | null;
    position: object;
  }[];
}

export interface SelectAnswer extends TargetAnswer {
  selector: string | null;
  xpath: string | null;
  total: number;
  next: string | null;
  elements: Element[];
  values: (string | number | boolean)[];
}

export interface ExtractAnswer extends TargetAnswer {
  data: unknown;
  missed: number;
  misses: { pointer: string; reason: string; message: string }[];
}

export interface WordsAnswer extends TargetAnswer {
  tokenizer: string;
  source: string;
  fold: unknown;
  locale: string | null;
  minLength: number;
  stopWords: string | null;
  stopWordCount: number;
  ngrams: number;
  rule: Record<string, string | null>;
  counts: { graphemes: number; codePoints: number; words: number; sentences: number; paragraphs: number };
  readingTimeS: number;
  language: { declared: string | null; declaredBy: string | null; detected: string | null; reliable: boolean | null; detector: string };
  total: number;
  distinct: number;
  next: string | null;
  words: { word: string; count: number }[];
}

export interface EncodeAnswer {
  snapshot: string | null;
  url: string | null;
  source: 'raw' | 'text' | null;
  selector: string | null;
  text: string;
  length: { graphemes: number; codePoints: number; codeUnits: number };
  total: number;
  next: string | null;
  characters: {
    character: string;
    codePoint: string;
    decimal: number;
    name: string;
    category: string;
    script: string;
    block: string;
    utf8: string;
    utf16: string;
    utf32: string;
  }[];
  graphemes: { text: string; offset: number; codePoints: string[] }[];
  normalizations: { form: string; text: string; codePoints: number; isNormalized: boolean }[];
  escapes: Record<'html' | 'url' | 'json' | 'javascript' | 'css' | 'python', string>;
  encodings: { name: string; bytes: number; hex: string; base64: string; lossless: boolean }[];
}

export interface DecodeAnswer {
  text: string;
  encoding: string;
  source: string;
  candidates: { source: string; label: string; offset: number | null }[];
  conflict: boolean;
  replacements: number;
  firstInvalidOffset: number | null;
  total: number;
  next: string | null;
  sequences: { offset: number; hex: string; text: string; codePoint: string | null; valid: boolean }[];
}

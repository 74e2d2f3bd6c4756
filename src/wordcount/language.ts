import { isProblemError } from '../api/problem.ts';
import { combinedValue } from '../fetch/field-lines.ts';
import { createDocument, type PageDocument } from '../parse/document.ts';
import { oneLanguage } from '../parse/metadata-rules.ts';
import { attributeValue, documentElement, isHtmlElement } from '../parse/tree.ts';
import type { TextLanguage, WordSource } from './wordcount.model.ts';

/** What finds languages; a test compares it with what is installed. */
export const DETECTOR = 'eld 2.1.0';

/** How many parts of a text are looked at, spread over it evenly, and how long each is: the detector reads no further. */
const SAMPLES = 9;
const SAMPLE_LENGTH = 1000;

/** What is read of a page whose tree is not needed otherwise. */
const HEAD_LENGTH = 16_384;

type Declared = Pick<TextLanguage, 'declared' | 'declaredBy'>;
type Detected = Pick<TextLanguage, 'detected' | 'reliable'>;

/** What the page says of its language, and what the text that was counted looks like. */
export async function languageOf(document: PageDocument, source: WordSource, text: string): Promise<TextLanguage> {
  return { ...declaredLanguage(document, source), ...(await detectLanguage(text)), detector: DETECTOR };
}

/** The first that says one language, as in the rules for metadata. https://html.spec.whatwg.org/multipage/dom.html#language */
function declaredLanguage(document: PageDocument, source: WordSource): Declared {
  const field = oneLanguage(combinedValue(document.fields ?? [], 'content-language'));
  const rules = [...(document.syntax === 'text' ? [] : inMarkup(document, source)), ['http Content-Language', field] as const];
  const found = rules.find(([, value]) => value !== null && value.trim() !== '');
  return { declared: found?.[1]?.trim() ?? null, declaredBy: found?.[0] ?? null };
}

/** A raw text needs no tree, and may have none that is within limits: its beginning is parsed alone. */
function inMarkup(document: PageDocument, source: WordSource): (readonly [string, string | null])[] {
  try {
    const { tree, elements } = source === 'raw' ? beginningOf(document) : document;
    const root = documentElement(tree);
    if (root === null) return [];
    const name = isHtmlElement(root) ? 'html' : 'root';
    let pragma: string | null = null;
    for (const element of elements) {
      if (!isHtmlElement(element, 'meta') || attributeValue(element, 'http-equiv')?.toLowerCase() !== 'content-language') continue;
      pragma = oneLanguage(attributeValue(element, 'content'));
      break;
    }
    return [
      [`${name}[lang]`, isHtmlElement(root) ? attributeValue(root, 'lang') : null],
      [`${name}[xml:lang]`, attributeValue(root, 'xml:lang')],
      ['meta[http-equiv=content-language]', pragma],
    ];
  } catch (error) {
    if (source === 'raw' && isProblemError(error)) return [];
    throw error;
  }
}

function beginningOf({ text, url, baseUrl, syntax, encoding }: PageDocument): PageDocument {
  return createDocument({ text: text.slice(0, HEAD_LENGTH), url, baseUrl, syntax, encoding });
}

/**
 * The language that most parts of a text seem to be in; the detector is loaded for the first text with a letter in it. Reliable where
 * the detector is sure of most parts.
 */
async function detectLanguage(text: string): Promise<Detected> {
  if (!/\p{L}/u.test(text)) return { detected: null, reliable: null };
  const { detect } = await import('./language-detector.ts');
  const parts = samplesOf(text).map(detect);
  const votes = new Map<string, { all: number; sure: number }>();
  for (const part of parts) {
    if (part.language === '') continue;
    const { all, sure } = votes.get(part.language) ?? { all: 0, sure: 0 };
    votes.set(part.language, { all: all + 1, sure: sure + Number(part.reliable) });
  }
  const [first] = [...votes].sort(([, a], [, b]) => b.sure - a.sure || b.all - a.all);
  if (first === undefined) return { detected: null, reliable: null };
  return { detected: first[0], reliable: first[1].sure * 2 > parts.length };
}

function samplesOf(text: string): string[] {
  const count = Math.min(SAMPLES, Math.max(1, Math.floor(text.length / SAMPLE_LENGTH)));
  const step = count === 1 ? 0 : (text.length - SAMPLE_LENGTH) / (count - 1);
  return Array.from({ length: count }, (_, i) => text.slice(Math.floor(i * step), Math.floor(i * step) + SAMPLE_LENGTH));
}

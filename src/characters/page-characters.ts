import { invalidParameter, ProblemError } from '../api/problem.ts';
import { describeText, MOST_CODE_POINTS } from '../encode/encode-text.ts';
import type { NormalizationForm } from '../encode/encode.model.ts';
import type { PageDocument } from '../parse/document.ts';
import { firstMatch } from '../parse/select.ts';
import { descendantText, stripAndCollapseAsciiWhitespace } from '../parse/tree.ts';
import { sourceText } from '../wordcount/source-text.ts';
import type { WordSource } from '../wordcount/wordcount.model.ts';
import type { PageCharactersOptions } from './characters.args.ts';
import type { PageCharacters } from './characters.model.ts';

/**
 * A text of a document as characters and as bytes: of the first element that `selector` matches, or `source`.
 *
 * @throws ProblemError `INVALID_REQUEST` for a selector that matches nothing or stands beside `source`, `INVALID_SELECTOR`,
 * `NOT_A_DOCUMENT`, and `PARSE_LIMIT_EXCEEDED` for a text of more than 65,536 code points
 */
export function pageCharacters(document: PageDocument, options: PageCharactersOptions): Omit<PageCharacters, 'next'> {
  const { text, ...where } = textOf(document, options);
  return { ...where, ...describeText(text, options, (codePoints, form) => tooLong(document, codePoints, form)) };
}

function textOf(
  document: PageDocument,
  { selector, source }: PageCharactersOptions,
): { text: string; source: WordSource | null; selector: string | null } {
  if (selector === undefined) {
    const chosen = sourceText(document, source);
    return { text: chosen.text, source: chosen.source, selector: null };
  }
  if (source !== undefined) throw invalidParameter('source', 'is given in place of selector, not beside it', document.url ?? undefined);
  const element = firstMatch(document, selector);
  if (element === null) throw invalidParameter('selector', 'matches no element of the document', document.url ?? undefined);
  return { text: stripAndCollapseAsciiWhitespace(descendantText(element)), source: null, selector };
}

function tooLong(document: PageDocument, codePoints: number, form: NormalizationForm | null): ProblemError {
  const inForm = form === null ? '' : ` in ${form}`;
  const detail = `the text has ${String(codePoints)} code points${inForm}, more than ${String(MOST_CODE_POINTS)}: name a part of it with selector`;
  return new ProblemError('PARSE_LIMIT_EXCEEDED', detail, { phase: 'parse', url: document.url ?? undefined });
}

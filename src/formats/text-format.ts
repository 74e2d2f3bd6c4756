import { LIST_FORMATS } from './list-format.ts';

/** The forms in which a text is answered: within JSON, or as it is. */
export const TEXT_FORMATS = {
  json: LIST_FORMATS.json,
  csv: LIST_FORMATS.csv,
  text: { mediaType: 'text/plain', contentType: 'text/plain; charset=utf-8', extension: 'txt', disposition: 'inline' },
  // https://www.rfc-editor.org/rfc/rfc7764#section-3.2
  markdown: {
    mediaType: 'text/markdown',
    contentType: 'text/markdown; charset=utf-8; variant=GFM',
    extension: 'md',
    disposition: 'inline',
  },
} as const;

/** One of {@link TEXT_FORMATS}. */
export type TextFormat = keyof typeof TEXT_FORMATS;

/** A text alone, as a member of an answer has it. */
export interface TextForm {
  format: Exclude<TextFormat, 'json'>;
  /** The member of the answer that is the text. */
  member: string;
  /** The view that has the text, where the answer in JSON is of another. */
  view?: string;
}

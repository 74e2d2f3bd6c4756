/** The forms in which a text is answered: within JSON, or as it is. */
export const TEXT_FORMATS = {
  json: { mediaType: 'application/json', contentType: 'application/json; charset=utf-8', extension: 'json' },
  text: { mediaType: 'text/plain', contentType: 'text/plain; charset=utf-8', extension: 'txt' },
  // https://www.rfc-editor.org/rfc/rfc7764#section-3.2
  markdown: { mediaType: 'text/markdown', contentType: 'text/markdown; charset=utf-8; variant=GFM', extension: 'md' },
} as const;

/** One of {@link TEXT_FORMATS}. */
export type TextFormat = keyof typeof TEXT_FORMATS;

/** A text alone, as a member of an answer has it. */
export interface TextForm {
  format: Exclude<TextFormat, 'json'>;
  /** The member of the answer that is the text. */
  member: string;
}

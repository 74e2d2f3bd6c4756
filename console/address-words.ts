/**
 * What an address can say of how a snapshot is looked at, by the names of its parameters: the words that each may be, of which the first
 * one is meant where the address says nothing.
 */
export const CHOICES = {
  links: ['all', 'compare'],
  kind: ['', 'internal', 'external', 'fragment', 'mail', 'tel', 'script', 'data', 'other', 'invalid'],
  sort: ['page', 'kind', 'text', 'url', 'rel', 'times'],
  direction: ['ascending', 'descending'],
  bytes: ['shown', 'hidden'],
  /** Which of them is meant depends on the content. */
  form: ['', 'source', 'hex', 'image', 'rendered'],
  as: ['text', 'markdown'],
  scope: ['page', 'article'],
  tokenizer: ['whitespace', 'unicode'],
  fold: ['', 'yes'],
  stop: ['', 'yes'],
  ngrams: ['1', '2', '3'],
  way: ['encode', 'decode'],
} as const satisfies Record<string, readonly string[]>;

/** A parameter whose words are known. */
export type ChoiceName = keyof typeof CHOICES;
export type Choice<Name extends ChoiceName> = (typeof CHOICES)[Name][number];

/** The others: any text, which the server reads. */
export const TEXTS = ['rel', 'contains', 'reason', 'tag', 'selector', 'locale', 'text', 'hex', 'at'] as const;

import { answerTooLarge, MAX_ANSWER_BYTES } from '../tasks/answer-limit.ts';

/** Counts an answer while it is built. */
export interface AnswerBudget {
  /** Throws PARSE_LIMIT_EXCEEDED where the answer would have passed its limit with this text too. Answers the text. */
  spend(text: string): string;
}

/** Of UTF-8, by a code unit. */
const MOST_BYTES_A_UNIT = 3;
/** Up to here the count may be three times too high. */
const SAFE_BYTES = MAX_ANSWER_BYTES / 16;

/**
 * A budget of bytes of text in UTF-8, before JSON adds its own marks. Elements within elements make an answer the square of the page: it
 * must end while it is built, not after. `advice` says how to have one all the same, where another `limit` does not help.
 */
export function createAnswerBudget(url: string | null, advice?: string): AnswerBudget {
  let bytes = 0;
  return {
    spend(text) {
      // To measure takes longer than to read: far from the limit the most that a text can have is enough to know.
      const most = bytes + MOST_BYTES_A_UNIT * text.length;
      if (most <= SAFE_BYTES) bytes = most;
      // A code unit is never less than a byte: a long text is judged before it is measured.
      else if (bytes + text.length <= MAX_ANSWER_BYTES) bytes += Buffer.byteLength(text);
      else bytes = Infinity;
      if (bytes > MAX_ANSWER_BYTES) throw answerTooLarge(advice, url ?? undefined);
      return text;
    },
  };
}

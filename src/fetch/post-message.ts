import type { Hold } from '../api/byte-budget.ts';
import type { TargetPolicy } from './address-guard.ts';
import { Deadline } from './deadline.ts';
import type { Dispatcher } from './dispatcher.ts';
import { type Exchange, performExchange } from './exchange.ts';
import { firstValue, type HeaderField } from './field-lines.ts';
import { parseHttpDate } from './http-date.ts';
import { admitTarget } from './target-url.ts';

/** A message for somebody who waits for it. */
export interface Message {
  url: URL;
  headers: readonly HeaderField[];
  content: Uint8Array;
  timeoutMs: number;
  maxHeaderBytes: number;
}

/** What was said to a message: its status counts, also where the rest of it did not come. */
export interface Reply {
  status: number;
  /** How it begins; null where it has no content, or a long one. */
  beginning: string | null;
  /** Seconds for which it asks to be left alone; null where it does not. */
  retryAfterS: number | null;
}

/** Most bytes of the content of a reply that is looked at, and most characters that are kept of it. */
const MOST_REPLY_BYTES = 16 * 1024;
const MOST_KEPT = 500;

/**
 * Posts a message, through the same guard as every retrieval. Redirects are not followed, and no content is longer than it is worth.
 *
 * @throws FetchError where there is no reply; the reason of the signal once that is aborted
 */
export async function postMessage(
  dispatcher: Dispatcher,
  policy: TargetPolicy,
  { url, headers, content, timeoutMs, maxHeaderBytes }: Message,
  hold: Hold,
  signal: AbortSignal,
): Promise<Reply> {
  const deadline = new Deadline(timeoutMs, signal);
  const heard: { head: Exchange | null } = { head: null };
  const wantsContent = (exchange: Exchange): boolean => {
    heard.head = exchange;
    return Number(firstValue(exchange.headers, 'content-length') ?? 0) <= MOST_REPLY_BYTES;
  };
  try {
    admitTarget(url, policy);
    const limits = { maxBytes: MOST_REPLY_BYTES, maxHeaderBytes };
    const request = { url, method: 'POST', headers, content, insecureTls: false };
    const result = await performExchange(dispatcher, request, { wantsContent, limits, deadline, hold, progress: null });
    return replyOf(result.exchange, result.content);
  } catch (error) {
    if (heard.head === null || signal.aborted) throw error;
    return replyOf(heard.head, null);
  } finally {
    deadline.clear();
  }
}

function replyOf({ status, headers }: Exchange, content: Uint8Array | null): Reply {
  // Four bytes are a character at most; and NUL, which a database does not take, is none.
  const text = new TextDecoder()
    .decode(content?.subarray(0, 4 * MOST_KEPT))
    .replaceAll('\0', '')
    .slice(0, MOST_KEPT);
  return { status, beginning: text === '' ? null : text, retryAfterS: retryAfterOf(firstValue(headers, 'retry-after')) };
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
function retryAfterOf(value: string | null): number | null {
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const at = parseHttpDate(value, Date.now());
  return at === null ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

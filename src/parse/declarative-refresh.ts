/** When a document goes on by itself, and where to. */
export interface DeclarativeRefresh {
  /** Seconds. */
  delayS: number;
  /** The URL as written; null where it is the document's own. */
  href: string | null;
}

/**
 * Reads a `Refresh` field or the `content` of a `<meta http-equiv=refresh>`; null for one that is none.
 * https://html.spec.whatwg.org/multipage/document-lifecycle.html#shared-declarative-refresh-steps
 */
export function declarativeRefresh(content: string): DeclarativeRefresh | null {
  const [, seconds, rest = ''] = /^[\t\n\f\r ]*(?=[\d.])(\d*)(?:\.[\d.]*)?(?:$|(?=[;,\t\n\f\r ])(.*)$)/s.exec(content) ?? [];
  if (seconds === undefined) return null;
  const delayS = Math.min(Number(seconds), Number.MAX_SAFE_INTEGER);
  const target = rest
    .trim()
    .replace(/^[;,][\t\n\f\r ]*/, '')
    .replace(/^url[\t\n\f\r ]*=[\t\n\f\r ]*/i, '');
  const href = /^(["'])(.*?)(?:\1|$)/s.exec(target)?.[2] ?? target;
  return { delayS, href: href === '' ? null : href };
}

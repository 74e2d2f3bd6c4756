import {
  isTokenAtKeyword,
  isTokenFunction,
  isTokenOpenCurly,
  isTokenSemicolon,
  isTokenString,
  isTokenURL,
  isTokenWhiteSpaceOrComment,
  tokenizer,
} from '@csstools/css-tokenizer';

/**
 * The URLs in CSS as written, escapes resolved: of `url()` and `src()`, and what `@import` names as a string. A namespace leads nowhere.
 * https://www.w3.org/TR/css-values-4/#urls
 */
export function styleUrls(css: string): string[] {
  if (!MAY_HAVE_URL.test(css)) return [];
  const urls: string[] = [];
  const tokens = tokenizer({ css });
  /** What a string would be: the value of a function, or of a rule that was just begun. */
  let expected: 'function' | 'import' | 'namespace' | null = null;
  while (!tokens.endOfFile()) {
    const token = tokens.nextToken();
    if (isTokenWhiteSpaceOrComment(token)) continue;
    if (expected === 'namespace') {
      if (isTokenSemicolon(token) || isTokenOpenCurly(token)) expected = null;
    } else if (isTokenURL(token)) {
      urls.push(token[4].value);
      expected = null;
    } else if (isTokenString(token)) {
      if (expected !== null) urls.push(token[4].value);
      expected = null;
    } else if (isTokenFunction(token)) {
      expected = /^(url|src)$/i.test(token[4].value) ? 'function' : null;
    } else {
      expected = isTokenAtKeyword(token) ? ruleOf(token[4].value) : null;
    }
  }
  return urls;
}

function ruleOf(name: string): 'import' | 'namespace' | null {
  const lower = name.toLowerCase();
  return lower === 'import' || lower === 'namespace' ? lower : null;
}

/** A text without these is not worth its tokens. Any letter may be written as an escape. */
const MAY_HAVE_URL = /url|src|import|\\/i;

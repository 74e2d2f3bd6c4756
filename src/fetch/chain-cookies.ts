import { Cookie, CookieJar } from 'tough-cookie';
import { invalidParameter } from '../api/problem.ts';
import type { Exchange } from './exchange.ts';
import type { HeaderField } from './field-lines.ts';

/** A cookie as the caller names it. */
export interface NamedCookie {
  name: string;
  value: string;
}

/** The cookies of one chain of redirects: they go along as RFC 6265 says, and no longer than the chain. */
export class ChainCookies {
  /** Most retrievals see no cookie on the way: no jar is made for them. */
  #jar: CookieJar | null = null;

  /**
   * Starts with the caller's cookies, as if the first host had set them: for this host alone, for every path, and not for
   * an insecure connection when the first one is secure.
   *
   * @throws ProblemError `INVALID_REQUEST` for a cookie that RFC 6265 keeps from that URL.
   */
  constructor(url: URL, named: readonly NamedCookie[]) {
    for (const { name, value } of named) {
      const cookie = new Cookie({ key: name, value, path: '/', secure: url.protocol === 'https:' });
      if (this.#jarOf().setCookieSync(cookie, jarUrl(url.href), { ignoreError: true }) === undefined)
        throw invalidParameter(
          'cookies',
          `${JSON.stringify(name)} is not for this URL: the prefixes __Secure- and __Host- are for https`,
          url.href,
        );
    }
  }

  /** Keeps what an exchange sets; what RFC 6265 refuses is not kept. */
  keep({ url, headers }: Exchange): void {
    for (const { name, value } of headers) {
      if (name.toLowerCase() === 'set-cookie') this.#jarOf().setCookieSync(value, jarUrl(url), { ignoreError: true });
    }
  }

  /** The `Cookie` field for a URL, or none. */
  fieldsFor(url: URL): HeaderField[] {
    const value = this.#jar?.getCookieStringSync(jarUrl(url.href)) ?? '';
    return value === '' ? [] : [{ name: 'Cookie', value }];
  }

  #jarOf(): CookieJar {
    this.#jar ??= new CookieJar(undefined, { rejectPublicSuffixes: true, looseMode: true });
    return this.#jar;
  }
}

/** The dot that ends a fully qualified name is no part of a cookie's domain; tough-cookie finds nothing under it. */
function jarUrl(href: string): string {
  const url = new URL(href);
  url.hostname = url.hostname.replace(/\.$/, '');
  return url.href;
}

/**
 * The fields with those of the chain: there is one `Cookie` field, and of two cookies with one name the chain's is newer.
 * https://www.rfc-editor.org/rfc/rfc6265#section-5.4
 */
export function withCookies(fields: readonly HeaderField[], [ofChain]: readonly HeaderField[]): HeaderField[] {
  if (ofChain === undefined) return [...fields];
  const isCookie = ({ name }: HeaderField): boolean => name.toLowerCase() === 'cookie';
  const pairs = (value: string): string[] => value.split(';').map((pair) => pair.trim());
  const nameOf = (pair: string): string => pair.split('=', 1)[0] ?? '';
  const newer = new Set(pairs(ofChain.value).map(nameOf));
  const older = fields.filter(isCookie).flatMap(({ value }) => pairs(value).filter((pair) => pair !== '' && !newer.has(nameOf(pair))));
  return [...fields.filter((field) => !isCookie(field)), { name: 'Cookie', value: [...older, ofChain.value].join('; ') }];
}

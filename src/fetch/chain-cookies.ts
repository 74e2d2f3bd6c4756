import { CookieJar } from 'tough-cookie';
import type { Exchange } from './exchange.ts';
import type { HeaderField } from './field-lines.ts';

/** The cookies that one chain of redirects sets: they go along as RFC 6265 says, and no longer than the chain. */
export class ChainCookies {
  /** Most retrievals see no cookie on the way: no jar is made for them. */
  #jar: CookieJar | null = null;

  /** Keeps what an exchange sets; what RFC 6265 refuses is not kept. */
  keep({ url, headers }: Exchange): void {
    for (const { name, value } of headers) {
      if (name.toLowerCase() !== 'set-cookie') continue;
      this.#jar ??= new CookieJar(undefined, { rejectPublicSuffixes: true, looseMode: true });
      this.#jar.setCookieSync(value, url, { ignoreError: true });
    }
  }

  /** The `Cookie` field for a URL, or none. */
  fieldsFor(url: URL): HeaderField[] {
    const value = this.#jar?.getCookieStringSync(url.href) ?? '';
    return value === '' ? [] : [{ name: 'Cookie', value }];
  }
}

import { registrableDomain } from '../parse/link-target.ts';

/** Where a crawl or a map may go. */
export interface SiteScope {
  origins: readonly string[];
  /** Registrable domains; for an address or a name without one, the host itself. */
  domains: readonly string[];
}

/** The scope that begins at URLs: their origins, or their domains as well. */
export function scopeOf(scope: 'origin' | 'domain', urls: readonly URL[]): SiteScope {
  return {
    origins: [...new Set(urls.map(({ origin }) => origin))],
    domains: scope === 'domain' ? [...new Set(urls.map(({ hostname }) => domainOf(hostname)))] : [],
  };
}

/** A scope, and that which begins at another URL besides: what a site's start redirects to is where the site is. */
export function widened({ origins, domains }: SiteScope, scope: 'origin' | 'domain', url: URL): SiteScope {
  const more = scopeOf(scope, [url]);
  return { origins: [...origins, ...more.origins], domains: [...domains, ...more.domains] };
}

/** Whether an origin is within a scope. */
export function isWithin({ origins, domains }: SiteScope, origin: string): boolean {
  return origins.includes(origin) || (domains.length > 0 && domains.includes(domainOf(new URL(origin).hostname)));
}

function domainOf(host: string): string {
  return registrableDomain(host) ?? host;
}

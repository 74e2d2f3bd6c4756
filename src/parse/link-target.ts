import { LRUCache } from 'lru-cache';
import { getDomain } from 'tldts';
import { createAnswerBudget } from './answer-budget.ts';
import type { DocumentBaseUrl } from './document-base-url.ts';
import type { PageDocument } from './document.ts';
import { encodingParseUrl } from './encoding-parse-url.ts';
import { linkKind } from './link-kind.ts';
import type { LinkKind } from './links.model.ts';
import { plainUrls } from './plain-url.ts';

/** What an `href` means. */
export interface LinkTarget {
  /** Null where it cannot be parsed. */
  url: string | null;
  kind: LinkKind;
  /** Null where there is none, as of `mailto:`. */
  origin: string | null;
  /** Null where there is no origin; empty where the origin is that of another URL, as of `blob:`. */
  host: string | null;
}

/**
 * Resolves each distinct `href` once: pages repeat them, and resolving costs as much as finding. Throws PARSE_LIMIT_EXCEEDED where all URLs
 * together would pass 64 MiB, as a long `<base>` is part of each.
 */
export function createTargets(document: PageDocument, { baseUrl }: DocumentBaseUrl): (href: string, encoding?: string) => LinkTarget {
  const ofEncodings = new Map<string, Map<string, LinkTarget>>();
  const plain = plainUrls(baseUrl);
  const documentUrl = URL.parse(document.url ?? document.baseUrl ?? baseUrl ?? '');
  const budget = createAnswerBudget(document.url, 'the URLs of all links of the document count, and each has its base URL in it');
  return (href, encoding = document.encoding) => {
    let targets = ofEncodings.get(encoding);
    if (targets === undefined) ofEncodings.set(encoding, (targets = new Map<string, LinkTarget>()));
    let target = targets.get(href);
    if (target === undefined) {
      const url = plain(href) ?? encodingParseUrl(href, baseUrl, encoding);
      const origin = url === null || url.origin === 'null' ? null : url.origin;
      target = { url: url && budget.spend(url.href), kind: linkKind(url, documentUrl), origin, host: url && origin && url.hostname };
      targets.set(href, target);
    }
    return target;
  };
}

/**
 * The domain that somebody has registered, of which a host is a part: its public suffix and one label more, by the Public Suffix List with
 * its private section. Null for an address, a suffix itself, and no host. https://url.spec.whatwg.org/#host-registrable-domain
 */
export function registrableDomain(host: string | null): string | null {
  if (host === null || host === '') return null;
  const known = domains.get(host);
  if (known !== undefined) return known.domain;
  const found = getDomain(host, { allowPrivateDomains: true, extractHostname: false, validateHostname: false });
  // A label may be empty.
  const domain = found?.startsWith('.') === true ? null : found;
  // A part of a page's text holds all of that text: what is kept is a copy.
  if (host.length <= LONGEST_HOST) domains.set(ownCopy(host), { domain: domain && ownCopy(domain) });
  return domain;
}

/** A string of its own; a serialized host is ASCII. https://url.spec.whatwg.org/#concept-host-serializer */
function ownCopy(host: string): string {
  return Buffer.from(host, 'latin1').toString('latin1');
}

/** Characters of a host that DNS can name. */
const LONGEST_HOST = 253;
/** Of the hosts of late: the links of a page lead to few. */
const domains = new LRUCache<string, { domain: string | null }>({ max: 1000 });

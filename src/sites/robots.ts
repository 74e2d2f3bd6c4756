/** Bytes of a robots.txt that are read: what is behind them counts as not there. https://www.rfc-editor.org/rfc/rfc9309#section-2.5 */
export const MAX_ROBOTS_BYTES = 500 * 1024;
/** Characters of a line; the rest of a longer one is left out. */
const LONGEST_LINE = 16_384;

/** One `allow` or `disallow` line. */
export interface RobotsRule {
  allow: boolean;
  /** As written. */
  path: string;
}

interface Rule extends RobotsRule {
  /** Of the path, encoded for comparison. */
  octets: number;
  matches: (tried: Tried) => boolean;
}

/** A path with its query as it is compared: encoded, and with what a query may have encoded or not. */
interface Tried {
  path: string;
  plain: string;
}

/** What the lines of one product token say, wherever they stand. */
interface Group {
  rules: Rule[];
  crawlDelayS: number | null;
}

/** What a robots.txt says. */
export interface RobotsFile {
  /** By product tokens in lower case, and `*`. */
  groups: ReadonlyMap<string, Group>;
  /** Absolute URLs, each once. */
  sitemaps: readonly string[];
}

/** What it says to one crawler. */
export interface RobotsRules {
  /** Seconds between two requests, as it wishes; null where it says nothing. */
  crawlDelayS: number | null;
  /** The rule that decides about a URL; null where none matches, which allows it. */
  ruleFor: (url: URL) => RobotsRule | null;
}

/** The product token that begins a `User-Agent`, as `Pagewire` of `Pagewire/1.0 (+https://…)`. https://www.rfc-editor.org/rfc/rfc9309#section-2.2.1 */
export function productToken(userAgent: string): string {
  return /^[a-z_-]*/i.exec(userAgent)?.[0] ?? '';
}

/**
 * Parses a robots.txt, in linear time. Lines that are none of the protocol's are passed over, and end no group.
 * https://www.rfc-editor.org/rfc/rfc9309#section-2.2
 */
export function parseRobots(content: Uint8Array): RobotsFile {
  const groups = new Map<string, Group>();
  const sitemaps = new Set<string>();
  let current: Group[] = [];
  let hasRules = false;
  const text = new TextDecoder().decode(content.subarray(0, MAX_ROBOTS_BYTES));
  for (const written of text.split(/\r\n|\r|\n/)) {
    const line = lineOf(written);
    if (line === null) continue;
    const { name, value } = line;
    if (name === 'user-agent') {
      // Lines that follow each other, whatever blank ones are between, have their rules together.
      if (hasRules) current = [];
      hasRules = false;
      const token = /^\*(?:\s|$)/.test(value) ? '*' : productToken(value).toLowerCase();
      if (token === '') continue;
      // Groups of the same token are one. https://www.rfc-editor.org/rfc/rfc9309#section-2.2.1
      let group = groups.get(token);
      if (group === undefined) groups.set(token, (group = { rules: [], crawlDelayS: null }));
      current.push(group);
    } else if (name === 'allow' || name === 'disallow') {
      hasRules = true;
      const rule = value === '' ? null : ruleOf(name === 'allow', value);
      if (rule !== null) for (const group of current) group.rules.push(rule);
    } else if (name === 'crawl-delay') {
      const delay = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : null;
      for (const group of current) group.crawlDelayS ??= delay;
    } else if (name === 'sitemap') {
      const url = URL.parse(value);
      if (url !== null && /^https?:$/.test(url.protocol)) sitemaps.add(url.href);
    }
  }
  return { groups, sitemaps: [...sitemaps] };
}

/** Name and value of a line; null of a blank one, and of one without a value. A forgotten colon is read as if it were there. */
function lineOf(written: string): { name: string; value: string } | null {
  const line = written.slice(0, LONGEST_LINE).replace(/#.*$/s, '');
  const [, name = '', value = ''] = /^\s*([a-z-]+)\s*(?::|\s)(.*)$/is.exec(line) ?? [];
  return name === '' ? null : { name: name.toLowerCase(), value: value.trim() };
}

/** What is said to a crawler: by its own product token, else by `*`, else nothing. https://www.rfc-editor.org/rfc/rfc9309#section-2.2.1 */
export function rulesFor({ groups }: RobotsFile, token: string): RobotsRules {
  const { rules, crawlDelayS } = groups.get(token.toLowerCase()) ?? groups.get('*') ?? { rules: [], crawlDelayS: null };
  // The most octets win, and of as many the one that allows. https://www.rfc-editor.org/rfc/rfc9309#section-2.2.2
  const ordered = rules.toSorted((one, other) => other.octets - one.octets || Number(other.allow) - Number(one.allow));
  return {
    crawlDelayS,
    ruleFor: ({ pathname, search }) => {
      // https://www.rfc-editor.org/rfc/rfc9309#section-2.2.2: "The /robots.txt URI is implicitly allowed."
      if (pathname === '/robots.txt') return null;
      const tried = triedOf(`${pathname}${search}`);
      const rule = ordered.find(({ matches }) => matches(tried));
      return rule === undefined ? null : { allow: rule.allow, path: rule.path };
    },
  };
}

/** Whether a path with its query begins with a pattern as they stand in robots.txt: `*` is anything, `$` at the end the end. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const rule = ruleOf(false, pattern);
  return (path) => rule?.matches(triedOf(path)) ?? false;
}

/** What is special in a pattern is none in a path. https://www.rfc-editor.org/rfc/rfc9309#section-2.2.3 */
function triedOf(written: string): Tried {
  const path = comparable(written).replaceAll('*', '%2A').replaceAll('$', '%24');
  return { path, plain: withPlainQuery(path) };
}

/** Null of a path that can match nothing, since it does not begin as one. */
function ruleOf(allow: boolean, path: string): Rule | null {
  if (!path.startsWith('/') && !path.startsWith('*')) return null;
  const encoded = comparable(path);
  // https://www.rfc-editor.org/rfc/rfc9309#section-2.2.3: `$` is special at the end alone.
  const isWhole = encoded.endsWith('$');
  const body = (isWhole ? encoded.slice(0, -1) : encoded).replaceAll('$', '%24');
  const matches = matcher(body, isWhole);
  const plainBody = withPlainQuery(body);
  const matchesPlain = plainBody === body ? matches : matcher(plainBody, isWhole);
  return {
    allow,
    path,
    octets: encoded.length,
    matches: (tried) => matches(tried.path) || (tried.plain !== tried.path || plainBody !== body ? matchesPlain(tried.plain) : false),
  };
}

/** Whether a path begins with a pattern, or is one: each part between asterisks is looked for behind the one before. */
function matcher(pattern: string, isWhole: boolean): (path: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (path) => (isWhole ? path === first : path.startsWith(first));
  return (path) => {
    if (!path.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = path.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return isWhole ? path.length - last.length >= at && path.endsWith(last) : path.includes(last, at);
  };
}

/** Octets outside of ASCII encoded, unreserved ones decoded, hexadecimal digits in upper case. https://www.rfc-editor.org/rfc/rfc9309#section-2.2.2 */
function comparable(path: string): string {
  if (!/[^!-$&-~]/.test(path)) return path;
  return path
    .replace(/[^!-~]+/g, (characters) => encodeURIComponent(characters.toWellFormed()))
    .replace(/%([\da-f]{2})/gi, (triplet, digits: string) => {
      const character = String.fromCharCode(parseInt(digits, 16));
      return /[\w.~-]/.test(character) ? character : triplet.toUpperCase();
    });
}

/** The same with what a query may have encoded or not, by the example of section 2.2.2: `?baz=https://foo.bar` and `?baz=https%3A%2F%2Ffoo.bar`. */
function withPlainQuery(path: string): string {
  const mark = path.indexOf('?');
  if (mark === -1) return path;
  return path.slice(0, mark) + path.slice(mark).replace(/%(?:3A|2F|3F|40)/g, (triplet) => decodeURIComponent(triplet));
}

/** An image of a `srcset`. */
export interface ImageCandidate {
  url: string;
  /** As written, as `2x` or `480w`; null without one. */
  descriptor: string | null;
}

/**
 * The image candidates of a `srcset` or `imagesrcset`, in order; those whose descriptors are none are left out, as the standard says.
 * https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute
 */
export function parseSrcset(input: string): ImageCandidate[] {
  const candidates: ImageCandidate[] = [];
  let position = 0;
  const collect = (pattern: RegExp): string => {
    pattern.lastIndex = position;
    const [collected = ''] = pattern.exec(input) ?? [];
    position += collected.length;
    return collected;
  };
  for (;;) {
    collect(SPACES_AND_COMMAS);
    if (position >= input.length) return candidates;
    const url = collect(NOT_SPACES);
    if (url.endsWith(',')) {
      candidates.push({ url: withoutTrailingCommas(url), descriptor: null });
      continue;
    }
    collect(SPACES);
    const descriptors = collect(DESCRIPTORS);
    if (areDescriptors(descriptors)) candidates.push({ url, descriptor: descriptors.trim() === '' ? null : descriptors.trim() });
  }
}

const SPACES_AND_COMMAS = /[\t\n\f\r ,]*/y;
const SPACES = /[\t\n\f\r ]*/y;
const NOT_SPACES = /[^\t\n\f\r ]*/y;
/** Up to a comma that stands in no parentheses; the standard's tokenizer knows one level of these, and takes one without its end to the end. */
const DESCRIPTORS = /(?:[^,(]+|\([^)]*(?:\)|$))*/y;

/** Without a regular expression, which would try every run of commas for the one at the end. */
function withoutTrailingCommas(url: string): string {
  let end = url.length;
  while (url[end - 1] === ',') end--;
  return url.slice(0, end);
}

/** Steps 10 to 16: at most one density, or a width and perhaps a height. */
function areDescriptors(written: string): boolean {
  const kinds = new Set<string>();
  for (const descriptor of written.split(/[\t\n\f\r ]+/)) {
    if (descriptor === '') continue;
    const kind = descriptor.slice(-1);
    const number = descriptor.slice(0, -1);
    const isValid = kind === 'x' ? FLOAT.test(number) && Number(number) >= 0 : (kind === 'w' || kind === 'h') && POSITIVE.test(number);
    if (!isValid || kinds.has(kind)) return false;
    kinds.add(kind);
  }
  return kinds.has('x') ? kinds.size === 1 : kinds.has('w') || !kinds.has('h');
}

/** https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#valid-floating-point-number */
const FLOAT = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** A valid non-negative integer that is not zero. */
const POSITIVE = /^0*[1-9]\d*$/;

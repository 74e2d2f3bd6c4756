/** The forms in which a list is answered: what each is, and what a browser does with it. */
export const LIST_FORMATS = {
  json: { mediaType: 'application/json', contentType: 'application/json; charset=utf-8', extension: 'json', disposition: null },
  csv: { mediaType: 'text/csv', contentType: 'text/csv; charset=utf-8; header=present', extension: 'csv', disposition: 'attachment' },
  ndjson: {
    mediaType: 'application/x-ndjson',
    contentType: 'application/x-ndjson; charset=utf-8',
    extension: 'ndjson',
    disposition: 'attachment',
  },
  html: { mediaType: 'text/html', contentType: 'text/html; charset=utf-8', extension: 'html', disposition: 'inline' },
} as const;

/** One of {@link LIST_FORMATS}. */
export type ListFormat = keyof typeof LIST_FORMATS;

/** A form that is not JSON of the whole answer: the entries of its list alone. */
export type EntriesFormat = Exclude<ListFormat, 'json'>;

interface MediaRange {
  type: string;
  /** 0 to 1. */
  quality: number;
}

/**
 * The format that an `Accept` field asks for, of those of lists; JSON where it asks for none that there is. A page of HTML is for who wants
 * that above all: a browser that opens a URL names `application/xhtml+xml` beside `text/html`, and is shown the JSON that programs get from
 * it. https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export function acceptedFormat(accept: string | undefined): ListFormat {
  const formats = Object.entries(LIST_FORMATS) as [ListFormat, { mediaType: string }][];
  return acceptedOf(
    formats.map(([format, { mediaType }]) => ({ format, mediaType })),
    'json',
    accept,
  );
}

/** The same of other formats, and `otherwise` where none of them is asked for. The earlier of two that are asked for alike is answered. */
export function acceptedOf<Format>(
  formats: readonly { format: Format; mediaType: string }[],
  otherwise: Format,
  accept: string | undefined,
): Format {
  const ranges = mediaRanges(accept ?? '');
  let best = { format: otherwise, quality: 0, precedence: 0 };
  for (const { format, mediaType } of formats) {
    if (mediaType === 'text/html' && !isAboveAll(mediaType, ranges)) continue;
    const names = ['*/*', mediaType.replace(/\/.*/, '/*'), mediaType];
    const precedence = names.findLastIndex((name) => ranges.some(({ type }) => type === name));
    const quality = ranges.find(({ type }) => type === names[precedence])?.quality ?? 0;
    if (quality > best.quality || (quality === best.quality && quality > 0 && precedence > best.precedence)) {
      best = { format, quality, precedence };
    }
  }
  return best.format;
}

/** True where an `Accept` field names the media type itself, as those of browsers name `text/html`, and does not refuse it. */
export function namesMediaType(mediaType: string, accept: string | undefined): boolean {
  return mediaRanges(accept ?? '').some(({ type, quality }) => type === mediaType && quality > 0);
}

function isAboveAll(mediaType: string, ranges: readonly MediaRange[]): boolean {
  const quality = ranges.find(({ type }) => type === mediaType)?.quality ?? 0;
  return ranges.every((range) => range.type === mediaType || range.quality < quality);
}

/** What is no media range is passed over, and so are parameters, which no format here has a choice of. */
function mediaRanges(accept: string): MediaRange[] {
  return accept.split(',').flatMap((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    return /^[^\s/]+\/[^\s/]+$/.test(type) && WEIGHT.test(weight) ? [{ type, quality: Number(weight) }] : [];
  });
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-12.4.2 */
const WEIGHT = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/;

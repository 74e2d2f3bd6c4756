import type { HeaderField } from '../fetch/field-lines.ts';

/** Fields that say something about one response alone, or about the way that it came: they are never a change. */
const NOISE =
  /^(date|age|expires|connection|keep-alive|transfer-encoding|content-length|etag|last-modified|set-cookie|nel|report-to|reporting-endpoints|server-timing|alt-svc|via|warning|retry-after|etag|cf-.*|x-(amz|amzn|azure|cache|served|timer|github|fastly|varnish|vercel|nf|runtime|ratelimit|rate-limit|request|correlation|trace).*|.*-(request|trace|correlation)-?id|traceparent|ratelimit.*)$/;
/** Within a value, what is made anew for each response. */
const NONCE = /'?nonce-[\w+/=-]+'?/g;

/** Fields of a response by their names in lower case, as far as they can change with the page: without what is made anew for each. */
export function observedFields(
  fields: readonly HeaderField[],
  chosen: readonly string[],
  wantsAll: boolean,
): Record<string, string | null> {
  const names = fields.map(({ name }) => name.toLowerCase());
  const wanted = [...chosen.map((name) => name.toLowerCase()), ...(wantsAll ? names.filter((name) => !NOISE.test(name)) : [])];
  return Object.fromEntries([...new Set(wanted)].sort().map((name) => [name, valueOf(fields, name)]));
}

function valueOf(fields: readonly HeaderField[], name: string): string | null {
  const values = fields.filter((field) => field.name.toLowerCase() === name).map(({ value }) => value);
  if (values.length === 0) return null;
  // Of a cookie its name and what it may do: its value is anybody's.
  const steady = name === 'set-cookie' ? values.map(cookie) : values.map((value) => value.replace(NONCE, "'nonce'"));
  return steady.join(', ');
}

function cookie(value: string): string {
  const [pair = '', ...attributes] = value.split(';').map((part) => part.trim());
  return [pair.split('=')[0], ...attributes.filter((attribute) => !/^(expires|max-age)=/i.test(attribute))].join('; ');
}

/** The methods that are offered; any other may be typed. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** Who asks, as some programs say it. */
export const AGENTS = [
  ['Chrome on Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'],
  [
    'Safari on iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  ],
  ['Googlebot', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  ['curl', 'curl/8.14.1'],
] as const;

/** `name: value` a line, as people write header fields; a line without a colon is a name without a value. */
export function fieldsOf(text: string, separator: string): { name: string; value: string }[] {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf(separator);
    const name = (at === -1 ? line : line.slice(0, at)).trim();
    return name === '' ? [] : [{ name, value: at === -1 ? '' : line.slice(at + separator.length).trim() }];
  });
}

/** The same the other way round. */
export function linesOf(fields: readonly { name: string; value: string }[], separator: string): string {
  return fields.map(({ name, value }) => `${name}${separator}${value}`).join('\n');
}

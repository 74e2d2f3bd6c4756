import type { HeaderField } from './field-lines.ts';
import { requestParts } from './message-parts.ts';
import type { Snapshot } from './snapshot.ts';

/** What curl says of itself, or of the content, by its own means. */
const OF_CURL = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

/** What curl sends unless told otherwise. */
const BY_DEFAULT = ['Host', 'User-Agent', 'Accept'];

/** Text that a terminal shows as it is: everything else is written as octal numbers. */
const PLAIN_TEXT = /^[\n\t\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]*$/u;

/** An argument must stay below what a system takes as one: 128 KiB on Linux. */
const LONGEST_ARGUMENT = 65_536;

/**
 * The command for a POSIX shell that repeats a snapshot's retrieval with curl: the first request as it was sent, and
 * redirects followed where they were. It is safe to paste whatever bytes the request is made of.
 */
export function curlCommand(snapshot: Snapshot): string {
  const [{ method, url }] = snapshot.exchanges;
  const requestHeaders = fieldsOf(snapshot);
  const { head, content } = requestParts(snapshot.wire[0] ?? { request: new Uint8Array(), response: new Uint8Array() });
  const target = new URL(url);
  target.hash = '';
  const named = new Set(requestHeaders.map(({ name }) => name.toLowerCase()));
  const hasContent = method !== 'HEAD' && (content.length > 0 || named.has('content-length'));
  const asArgument = isArgument(content);
  const warnings = warningsOf(snapshot, methodOptions(method, hasContent), content.length > 0 && !hasContent);
  const follows = snapshot.maxRedirects > 0 && !warnings.some((warning) => warning.startsWith(NOT_FOLLOWED));
  const options = [
    `curl --globoff ${head.includes(' HTTP/1.0\r\n') ? `--http1.0 --request-target ${quoted(target.href)}` : '--http1.1'}`,
    ...methodOptions(method, hasContent),
    ...(snapshot.insecureTls ? ['--insecure'] : []),
    // Cookies live within one chain of redirects: an engine for them without a file.
    ...(follows ? [`--location --max-redirs ${String(snapshot.maxRedirects)} --cookie ''`] : []),
    ...(named.has('accept-encoding') ? ['--compressed'] : []),
    ...requestHeaders.filter(({ name }) => !OF_CURL.has(name.toLowerCase())).map((field) => `--header ${fieldArgument(field)}`),
    ...BY_DEFAULT.filter((name) => !named.has(name.toLowerCase())).map((name) => `--header '${name}:'`),
    ...(hasContent ? contentOptions(named, asArgument ? quoted(content.toString()) : null) : []),
    quoted(target.href),
  ];
  const command = `${options.join(' \\\n  ')}\n`;
  return `${warnings.join('')}${hasContent && !asArgument ? `${printf(content)} |\n${command}` : command}`;
}

/** The fields of the first request, without those by which the cache asked whether a stored response still holds. */
function fieldsOf({ exchanges: [first, second] }: Snapshot): HeaderField[] {
  const isConfirmation = first.status === 304 && second !== undefined;
  return first.requestHeaders.filter(({ name }) => !(isConfirmation && /^if-(none-match|modified-since)$/i.test(name)));
}

/** curl chooses GET, and POST where there is content; named methods stay the same after a redirect, chosen ones do not. */
function methodOptions(method: string, hasContent: boolean): string[] {
  if (method === 'HEAD') return ['--head'];
  if (method === (hasContent ? 'POST' : 'GET')) return [];
  return [`--request ${quoted(method)}`];
}

/** Content as an argument, or from standard input; fields that curl would add of its own are taken away. */
function contentOptions(named: ReadonlySet<string>, argument: string | null): string[] {
  return [
    ...(named.has('content-type') ? [] : ["--header 'Content-Type:'"]),
    "--header 'Expect:'",
    argument === null ? '--data-binary @-' : `--data-raw ${argument}`,
  ];
}

function isArgument(content: Buffer): boolean {
  const text = content.toString();
  return content.length <= LONGEST_ARGUMENT && PLAIN_TEXT.test(text) && Buffer.from(text).equals(content);
}

/** `Name: value`, or `Name;` which is how curl is told to send a field without a value. The bytes of a value are latin1. */
function fieldArgument({ name, value }: HeaderField): string {
  const text = value === '' ? `${name};` : `${name}: ${value}`;
  return /^[ -~]*$/.test(text) ? quoted(text) : `"$(${printf(Buffer.from(text, 'latin1'))})"`;
}

/** Within single quotes a shell reads nothing but their end. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A command that writes these bytes: printable ASCII as it is, all else as octal numbers. */
function printf(bytes: Buffer): string {
  const format = bytes.toString('latin1').replace(/[^ -~]|['"\\%`$!-]/g, (byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `printf '${format}'`;
}

/** Fields of the first request, credentials apart, that were not sent to another origin: curl would send them there. */
function withheldFields({ exchanges }: Snapshot): string[] {
  const [first] = exchanges;
  const elsewhere = exchanges.find(({ url }) => new URL(url).origin !== new URL(first.url).origin);
  if (elsewhere === undefined) return [];
  const sent = new Set(elsewhere.requestHeaders.map(({ name }) => name.toLowerCase()));
  return first.requestHeaders.map(({ name }) => name).filter((name) => !sent.has(name.toLowerCase()) && !NOT_SENT_ON.test(name));
}

/** Credentials, which curl keeps from other origins, too, and what belongs to a content. */
const NOT_SENT_ON = /^(authorization|cookie|content-.*)$/i;

const NOT_FOLLOWED = '# Redirects are not followed here: ';

/** Where curl would do otherwise than was done, in comments. */
function warningsOf(snapshot: Snapshot, options: readonly string[], leavesContentOut: boolean): string[] {
  const { exchanges } = snapshot;
  const withheld = withheldFields(snapshot);
  const changed = exchanges.find(({ method }) => method !== exchanges[0].method);
  const keepsMethod = options.some((option) => option.startsWith('--request '));
  return [
    ...(leavesContentOut ? ['# curl sends no content with HEAD: it is left out here.\n'] : []),
    ...(withheld.length > 0 ? [`${NOT_FOLLOWED}they led to another origin, and curl would send it ${withheld.join(', ')}.\n`] : []),
    ...(changed !== undefined && keepsMethod
      ? [`${NOT_FOLLOWED}the next request was ${changed.method}, and curl would send ${exchanges[0].method} again.\n`]
      : []),
  ];
}

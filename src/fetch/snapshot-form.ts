import { isWanted, trimmed } from '../api/fields.ts';
import { VERSION } from '../settings/settings.ts';
import { answerTooLarge, MAX_ANSWER_BYTES } from '../tasks/answer-limit.ts';
import type { Retrieved } from './retrieved.ts';

/** What a snapshot is answered as: `fetch` is JSON of the whole, `body` JSON of its content (null where it has none), `body-facts` the same without text and base64, `wire` a transcript. */
export type WrittenForm = 'fetch' | 'body' | 'body-facts' | 'wire' | 'har' | 'warc' | 'curl';

/**
 * Writes a snapshot in a form, as bytes: of `fetch`, the members that `fields` name. `encoding` is a label to decode the content with.
 *
 * @throws ProblemError `PARSE_LIMIT_EXCEEDED` where they would be more than 64 MiB: control characters in JSON take six times their room
 */
export async function writeForm(
  form: WrittenForm,
  retrieved: Retrieved,
  encoding: string | undefined,
  fields?: readonly string[],
): Promise<Uint8Array> {
  const written = await write(form, retrieved, encoding, fields);
  const bytes = typeof written === 'string' ? Buffer.from(written) : written;
  if (bytes.byteLength > MAX_ANSWER_BYTES) {
    const { url } = retrieved.snapshot;
    throw answerTooLarge(`/body gives the content as it is, and /headers all but the content: ${url}`, url);
  }
  return bytes;
}

/** A process that reads documents alone never loads these. */
async function write(
  form: WrittenForm,
  retrieved: Retrieved,
  encoding: string | undefined,
  fields: readonly string[] | undefined,
): Promise<string | Uint8Array> {
  const { snapshot } = retrieved;
  switch (form) {
    case 'fetch':
      return JSON.stringify(trimmed((await import('./answers.ts')).fetchAnswer(retrieved, encoding, isWanted('body', fields)), fields));
    case 'body':
      return JSON.stringify(snapshot.content && (await import('./body.ts')).describeBody(snapshot.content, encoding));
    case 'body-facts':
      return JSON.stringify(
        snapshot.content && { ...(await import('./body.ts')).describeBody(snapshot.content, encoding), text: null, base64: null },
      );
    case 'wire':
      return (await import('./wire.ts')).wireTranscript(retrieved, encoding);
    case 'har':
      return JSON.stringify((await import('./har.ts')).harOf(snapshot, VERSION));
    case 'warc':
      return (await import('./warc.ts')).warcOf(snapshot, VERSION);
    case 'curl':
      return (await import('./curl-command.ts')).curlCommand(snapshot);
  }
}

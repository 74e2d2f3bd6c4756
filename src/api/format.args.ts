import type { ListFormat } from '../formats/list-format.ts';
import { enumeration } from './enumeration.ts';
import { Parameter } from './parameter.decorator.ts';

const Format = enumeration<ListFormat>(
  'ListFormat',
  {
    json: 'The whole answer.',
    csv: 'The entries as CSV (RFC 4180): a line of names, then one for each entry, ended by CRLF; members of members by dotted names, lists of words joined by spaces. A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-` or `@`) has an apostrophe before it.',
    ndjson: 'The entries as JSON, one a line.',
    html: 'The entries as a table to look at.',
  },
  'The form of a list.',
);

/** In which form a list is answered. Not for the graph, which has one of its own. */
export class FormatArgs {
  @Parameter({
    type: Format,
    description:
      'The form of the answer. Unless given, what `Accept` asks for: `text/csv`, `application/x-ndjson`, or `text/html` where that is wanted above all else; otherwise JSON, also for a browser that opens the URL. But for JSON, header fields tell of the target.',
    example: 'csv',
  })
  format?: ListFormat;
}

import { ArgsType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { PageArgs } from '../api/page.args.ts';
import { FieldsOf } from '../api/fields.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import type { TextFormat } from '../formats/text-format.ts';
import { DocumentTargetBody } from '../parse/parse.args.ts';
import { TablesAnswer } from './tables.model.ts';

/** Which tables are wanted, and how. */
@ArgsType()
export class TablesOptions extends PageArgs {
  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: 2_147_483_647,
    description: 'Only the table of this number, from 0: its `position.index`.',
    example: 0,
  })
  table?: number;

  @Parameter({ type: 'boolean', default: false, description: 'Tells each row as an object by the headers, too.', example: true })
  records = false;
}

const Format = enumeration<Extract<TextFormat, 'json' | 'csv'>>(
  'TableFormat',
  {
    json: 'The whole answer.',
    csv: 'One table as CSV (RFC 4180): its headers, then a line for each row, ended by CRLF. A text that a spreadsheet would take for a formula has an apostrophe before it. Where there are several, `table` says which.',
  },
  'The form of tables.',
);

/** In which form tables are answered. Not for the graph, which has one of its own. */
class TableFormatArgs {
  @Parameter({
    type: Format,
    description:
      'The form of the answer. Unless given, what `Accept` asks for: `text/csv`, otherwise JSON. But for JSON, header fields tell of the target.',
    example: 'csv',
  })
  format?: (typeof Format)[keyof typeof Format];
}

const FIELDS = FieldsOf(TablesAnswer, ['total', 'tables.headers']);

export class TablesArgs extends IntersectionType(TargetArgs, TablesOptions, TableFormatArgs, FIELDS) {}
export class TablesBody extends IntersectionType(DocumentTargetBody, TablesOptions, TableFormatArgs, FIELDS) {}

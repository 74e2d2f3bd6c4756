import { Int, ObjectType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { Json } from '../api/json.model.ts';
import { Property } from '../api/property.decorator.ts';
import { Position } from '../parse/element.model.ts';
import { DocumentAnswer } from '../parse/parse.model.ts';

@ObjectType({ description: 'A table of a page: what its slots say, whichever cells cover them.' })
export class Table {
  @Property(() => String, { nullable: true, description: 'Caption, as text.', example: 'Tides' })
  caption!: string | null;

  @Property(() => String, { nullable: true, description: 'The `summary` attribute, as written.', example: null })
  summary!: string | null;

  @Property(() => Int, {
    nullable: true,
    description: 'The `position.index` of the table that it is in; null outside of any.',
    example: null,
  })
  parent!: number | null;

  @Property(() => Int, { description: 'How many columns it has.', example: 2 })
  columns!: number;

  @Property(() => Int, {
    description: 'How many rows are headers: those of `thead`, or else a first row of `th` alone. They are not among `rows`.',
    example: 1,
  })
  headerRows!: number;

  @Property(() => [String], {
    description: 'What the headers say of each column, those of several rows joined by a space; none without headers.',
    example: ['Port', 'High'],
  })
  headers!: string[];

  @Property(() => [[String]], {
    description:
      'The texts of each row, one for each column: a cell that spans several is told in each, a slot without a cell is empty. Of tables within a cell nothing: they are tables of their own.',
    example: [['North', '5 m']],
  })
  rows!: string[][];

  @Property(() => Json, {
    nullable: true,
    description:
      'Each row as an object by `headers`: a column without one is `column 2`, the second of two alike `High (2)`. Null unless `records=true`, and without headers.',
    example: null,
  })
  records!: unknown;

  @Property(() => Position, { description: 'Where its start tag is.' })
  position!: Position;
}

@ObjectType({ description: 'The tables of a page.' })
export class Tables {
  @Property(() => Int, { description: 'How many tables there are, before `limit` and `offset`.', example: 1 })
  total!: number;

  @Property(() => [Table], { description: 'The tables, in document order; one in another comes after it.' })
  tables!: Table[];
}

/** Not a model of an answer: what CSV of a table is declared by. */
export class TableText {
  @Property(() => String, { description: 'The table as CSV.', example: 'Port,High\r\nNorth,5 m\r\n' })
  table!: string;
}

export class TablesAnswer extends IntersectionType(DocumentAnswer, Tables) {}

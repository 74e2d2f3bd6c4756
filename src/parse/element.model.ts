import { Int, ObjectType } from '@nestjs/graphql';
import { Property } from '../api/property.decorator.ts';

@ObjectType({ description: 'Where something stands in the decoded text.' })
export class Position {
  @Property(() => Int, { description: 'Its number among all that were found, before filters, `limit` and `offset`; from 0.', example: 0 })
  index!: number;

  @Property(() => Int, {
    nullable: true,
    description: 'Line, from 1; CRLF, CR and LF each end one. Null where it has no place in the text, as elements that the parser implied.',
    example: 4,
  })
  line!: number | null;

  @Property(() => Int, { nullable: true, description: 'Column, from 1, in UTF-16 code units. Null as `line`.', example: 1 })
  column!: number | null;

  @Property(() => Int, {
    nullable: true,
    description: 'UTF-16 code units before it in the decoded text, byte order mark not counted. Null as `line`.',
    example: 78,
  })
  offset!: number | null;
}

@ObjectType({ description: 'An attribute of an element.' })
export class Attribute {
  @Property(() => String, { description: 'Qualified name.', example: 'href' })
  name!: string;

  @Property(() => String, { description: 'Value, character references resolved.', example: 'http://example.com/page2.htm' })
  value!: string;
}

@ObjectType({ description: 'An element: the parts of a tag.' })
export class Element {
  @Property(() => String, { description: 'Name of the tag: lower case in HTML, with its prefix in XML.', example: 'a' })
  name!: string;

  @Property(() => String, {
    description: "Its markup with all that is in it, by the HTML Standard's serialisation.",
    example: '<a href="http://example.com/page2.htm">\nSecond Page</a>',
  })
  html!: string;

  @Property(() => [Attribute], { description: 'Its attributes, in order.' })
  attributes!: Attribute[];

  @Property(() => String, { description: 'Its descendant text, ASCII whitespace stripped and collapsed.', example: 'Second Page' })
  text!: string;

  @Property(() => [String], {
    description: "Each child node's markup, in order; of a `template`, each node of its content.",
    example: ['\nSecond Page'],
  })
  contents!: string[];

  @Property(() => Position, { description: 'Where its start tag is.' })
  position!: Position;
}

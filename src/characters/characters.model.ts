import { ObjectType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { Property } from '../api/property.decorator.ts';
import { EncodedText } from '../encode/encode.model.ts';
import { DocumentAnswer } from '../parse/parse.model.ts';
import { WordSource } from '../wordcount/wordcount.model.ts';

@ObjectType({ description: 'A text of a page as characters and as bytes.' })
export class PageCharacters extends EncodedText {
  @Property(() => WordSource, {
    description: 'Which text of the page it is; null for that of an element, and for a text of your own.',
    nullable: true,
    example: null,
  })
  source!: WordSource | null;

  @Property(() => String, {
    description: 'The selector of the element whose text it is; null without one.',
    nullable: true,
    example: null,
  })
  selector!: string | null;
}

export class CharactersAnswer extends IntersectionType(DocumentAnswer, PageCharacters) {}

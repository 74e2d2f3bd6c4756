import { Int, Resolver } from '@nestjs/graphql';
import { PageCharacters } from '../characters/characters.model.ts';
import { DecodedText, EncodedText } from '../encode/encode.model.ts';
import { Feed } from '../parse/feed.model.ts';
import { LinksComparison } from '../parse/links-compare.model.ts';
import { Links } from '../parse/links.model.ts';
import { Selection } from '../parse/select.model.ts';
import { Tags } from '../parse/tags.model.ts';
import { Tables } from '../text/tables.model.ts';
import { WordCount } from '../wordcount/wordcount.model.ts';
import { GraphFields } from './field.decorator.ts';

/** Answers that are a part of a list, and the member that counts all of it. A new one is a line here. */
const LISTS: readonly (readonly [type: unknown, countedBy: string])[] = [
  [DecodedText, 'total'],
  [EncodedText, 'total'],
  [Feed, 'total'],
  [Links, 'total'],
  [LinksComparison, 'total'],
  [PageCharacters, 'total'],
  [Selection, 'total'],
  [Tables, 'total'],
  [Tags, 'total'],
  [WordCount, 'distinct'],
];

/** What REST says by the URL of the next part, as a field of each. */
export const NEXT_OFFSET_RESOLVERS = LISTS.map(([type, countedBy]) => {
  @GraphFields([
    {
      name: 'nextOffset',
      type: () => Int,
      nullable: true,
      description: 'Where the next entries begin: the `offset` to ask for them with. Null where there are none, and without `limit`.',
      extensions: { countedBy },
      resolve: () => {
        throw new Error('the field that answers the list says it: see direct-resolvers.ts');
      },
    },
  ])
  @Resolver(() => type as () => void)
  class NextOffsetResolver {}
  return NextOffsetResolver;
});

import { ArgsType } from '@nestjs/graphql';
import { Parameter } from '../api/parameter.decorator.ts';

/** What is wanted of a page. */
@ArgsType()
export class ExtractOptions {
  @Parameter({
    type: 'json',
    required: true,
    maxLength: 100_000,
    description:
      'What is wanted, as JSON in the shape of the answer. A text is a selector: CSS (`h1`), the element itself (`.`), an attribute (`a@href`), or XPath (`xpath://h1`). An object is a record, whose `_` says of which element; a list has one entry, for each that is found. `{"$": selector, …}` says more of a value: `attr`, `type` (`text`, `html`, `number`, `date`, `url`, `boolean`), `match`, `decimal`, `default`, `required`; of several selectors the first counts that finds something. `{"$": null, "constant": …}` is a constant. docs/extract.md has the whole language, with ten examples.',
    example: { title: 'h1', items: [{ _: 'li', href: 'a@href' }] },
  })
  /** As JSON. */
  shape!: string;
}

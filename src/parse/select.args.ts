import { ArgsType } from '@nestjs/graphql';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';

/** Which elements are wanted. */
@ArgsType()
export class SelectOptions extends PageArgs {
  @Parameter({
    type: 'string',
    maxLength: 1000,
    description: 'A CSS selector. Exactly one of `selector` and `xpath` is given.',
    example: 'article > h1',
  })
  selector?: string;

  @Parameter({
    type: 'string',
    maxLength: 1000,
    description:
      'An XPath 3.1 expression, in place of `selector`, as far as fontoxpath has it: there is no `sort`, `apply`, `analyze-string`, `contains-token`, `format-number` or `parse-xml`, and no namespace axis. A name without a prefix is of an HTML element or its attribute, letter case ignored (`svg:` and `math:` are known as well); in XML, prefixes and the namespace of names without one are those that the document element declares.',
    example: '//article/h1',
  })
  xpath?: string;

  @Parameter({
    type: 'string',
    maxLength: 200,
    description:
      'Only elements that have this attribute, letter case ignored in HTML; `values` are then its values. It goes with `selector`: in XPath it is a step, such as `//a/@href`.',
    example: 'href',
  })
  attr?: string;
}

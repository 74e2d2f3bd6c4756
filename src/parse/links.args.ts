import { ArgsType } from '@nestjs/graphql';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { LinkKind, LinkMethod } from './links.model.ts';

/** Which links are wanted. */
@ArgsType()
export class LinksOptions extends PageArgs {
  @Parameter({ type: LinkMethod, default: 'parser', description: 'How links are found.', example: 'parser' })
  method: LinkMethod = 'parser';

  @Parameter({ type: 'boolean', default: false, description: 'Drops every link whose `url` came before.', example: true })
  unique = false;

  @Parameter({
    type: 'list',
    description:
      'Only links of these elements, by the attributes that have their URLs; `a` and `area` unless given, `*` for all. `a`, `area`, `link`: `href`; `img`, `iframe`, `frame`, `script`, `source`, `track`, `audio`, `embed`: `src`; `video`: `src`, `poster`; `object`: `data`; `form`: `action`; `button`: `formaction`; `input`: `formaction`, `src`. Not for `method=regex`.',
    example: ['a', 'img'],
  })
  element?: string[];

  @Parameter({
    type: 'list',
    description:
      'What else, of any element: `srcset` (each image of a `srcset` or `imagesrcset`), `refresh` (where `<meta http-equiv=refresh>` leads), `style` (`url()`, `src()` and `@import` in `style` elements and attributes). Not for `method=regex`.',
    example: ['srcset'],
  })
  include?: string[];

  @Parameter({ type: LinkKind, description: 'Only links of this kind.', example: 'external' })
  kind?: LinkKind;

  @Parameter({ type: 'list', description: 'Only links of one of these link types. Not for `method=regex`.', example: ['nofollow', 'ugc'] })
  rel?: string[];

  @Parameter({
    type: 'string',
    maxLength: 1000,
    description: 'Only links with this in their `url` (their `href` where that is null) or `text`, letter case ignored.',
    example: 'second',
  })
  contains?: string;

  @Parameter({ type: 'string', maxLength: 1000, description: 'Only links to this origin.', example: 'https://example.com' })
  origin?: string;

  @Parameter({
    type: 'string',
    maxLength: 255,
    description: 'Only links to hosts of this registrable domain, as `example.co.uk`.',
    example: 'example.com',
  })
  registrableDomain?: string;
}

import * as graph from '@nestjs/graphql';
import { ArgsType } from '@nestjs/graphql';
import { IntersectionType, PickType } from '@nestjs/swagger';
import { FieldsOf } from '../api/fields.args.ts';
import { FormatArgs } from '../api/format.args.ts';
import { PageArgs } from '../api/page.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import { MapAnswer, Obedience, ScopeKind, SitemapUse } from './map.model.ts';

/** How what is read for a map is retrieved. */
const OF_MAPS = ['timeoutMs', 'insecureTls', 'userAgent', 'acceptLanguage'] as const;

/** What a map is made of, and which part of it is wanted. */
@ArgsType()
class MapOptions extends PageArgs {
  @Parameter({
    type: 'string',
    required: true,
    description: 'A page of the site: absolute, http or https.',
    example: 'http://example.com/',
  })
  url!: string;

  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: 2,
    default: 1,
    description:
      'How far links are read: 0 for sitemaps alone, 1 for those of the page itself, 2 also for those of the first 50 pages that it links to.',
    example: 1,
  })
  depth = 1;

  @Parameter({ type: 'string', maxLength: 1000, description: 'Only URLs with this in them, letter case ignored.', example: 'page' })
  search?: string;

  @Parameter({
    type: 'list',
    maxItems: 50,
    description:
      'Only URLs whose path with its query begins with one of these, as patterns stand in robots.txt: `*` is anything, `$` at the end the end.',
    example: ['/page', '*.htm$'],
  })
  include?: string[];

  @Parameter({
    type: 'list',
    maxItems: 50,
    description: 'No URLs whose path begins with one of these; this wins.',
    example: ['/login', '*.pdf$'],
  })
  exclude?: string[];

  @Parameter({ type: ScopeKind, default: 'origin', description: 'Which URLs are of the site.', example: 'origin' })
  scope: (typeof ScopeKind)[keyof typeof ScopeKind] = 'origin';

  @Parameter({ type: SitemapUse, default: 'include', description: 'What is made of sitemaps.', example: 'skip' })
  sitemap: (typeof SitemapUse)[keyof typeof SitemapUse] = 'include';

  @Parameter({ type: Obedience, default: 'respect', description: 'What is made of robots.txt (RFC 9309).', example: 'respect' })
  robots: (typeof Obedience)[keyof typeof Obedience] = 'respect';
}

const FIELDS = FieldsOf(MapAnswer, ['total', 'urls.url', 'urls.lastModified']);

/** What /map takes. */
export class MapArgs extends IntersectionType(PickType(TargetArgs, OF_MAPS), MapOptions, FormatArgs, FIELDS) {}

/** The same as arguments of the graph. */
@ArgsType()
export class MapGraphArgs extends graph.IntersectionType(graph.PickType(TargetArgs, OF_MAPS, ArgsType), MapOptions, ArgsType) {}

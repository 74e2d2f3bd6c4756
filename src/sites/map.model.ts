import { Int, ObjectType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { NextUrl } from '../api/list.model.ts';
import { Property } from '../api/property.decorator.ts';

export const ScopeKind = enumeration(
  'SiteScope',
  {
    origin: 'The origin of the start, and of what it redirects to: scheme, host and port.',
    domain: 'All hosts of its registrable domain, by whatever scheme and port; of an address, that address.',
  },
  'Where a crawl or a map may go.',
);

export const SitemapUse = enumeration(
  'SitemapUse',
  {
    include: 'What sitemaps list counts as linked from the page where the site was met.',
    only: 'No links are followed but those of sitemaps.',
    skip: 'No sitemap is read.',
  },
  'What is made of sitemaps.',
);

export const Obedience = enumeration(
  'Obedience',
  { respect: 'It is kept to.', ignore: 'It is not.' },
  'What is made of what sites ask of robots.',
);

export const MapSource = enumeration(
  'SiteMapSource',
  { start: 'It is what was asked for, or what that redirects to.', link: 'A link.', sitemap: 'A sitemap.' },
  'Where a URL was found.',
);
export type MapSource = (typeof MapSource)[keyof typeof MapSource];

@ObjectType('SiteMapEntry', { description: 'A URL of a site.' })
export class MapEntry {
  @Property(() => String, { description: 'The URL, normalised.', example: 'http://example.com/page2.htm' })
  url!: string;

  @Property(() => MapSource, { description: 'Where it was found first.', example: 'link' })
  source!: MapSource;

  @Property(() => String, {
    description: 'The page or the sitemap that it was found in; null of the start.',
    nullable: true,
    example: 'http://example.com/',
  })
  foundOn!: string | null;

  @Property(() => String, {
    description: 'When it was last changed, ISO 8601, as a sitemap says; null where none does.',
    nullable: true,
    example: '2026-11-24',
  })
  lastModified!: string | null;

  @Property(() => Boolean, {
    description: 'Robots.txt lets it be retrieved; also where it is ignored. Of another origin it is not asked.',
    nullable: true,
    example: true,
  })
  allowed!: boolean | null;
}

@ObjectType('SitemapFacts', { description: 'A sitemap that was read.' })
export class SitemapFacts {
  @Property(() => String, { description: 'Where it is.', example: 'http://example.com/sitemap.xml' })
  url!: string;

  @Property(() => Int, { description: 'Status code of its response; null where there is none, or not yet.', nullable: true, example: 200 })
  status!: number | null;

  @Property(() => Int, { description: 'URLs that it lists; null where it could not be read, or not yet.', nullable: true, example: 12 })
  urls!: number | null;

  @Property(() => String, {
    description: 'The code of the problem that it had; `FORBIDDEN_BY_ROBOTS` where robots.txt forbids it; null where all is well.',
    nullable: true,
    example: null,
  })
  problem!: string | null;
}

@ObjectType('SiteMap', { description: 'The URLs of a site, as far as its sitemaps and a few pages tell them.' })
export class SiteMap {
  @Property(() => String, { description: 'What was asked for.', example: 'http://example.com/' })
  url!: string;

  @Property(() => [SitemapFacts], { description: 'The sitemaps that were read.' })
  sitemaps!: SitemapFacts[];

  @Property(() => Int, { description: 'Pages whose links were read.', example: 1 })
  pages!: number;

  @Property(() => Boolean, {
    description: 'There was no more to read, within `depth`: false where time, or what one map may read, came to its end.',
    example: true,
  })
  complete!: boolean;

  @Property(() => Int, { description: 'How many URLs there are, after filters, before `limit` and `offset`.', example: 2 })
  total!: number;

  @Property(() => [MapEntry], { description: 'The URLs: the start, its links, what sitemaps list, and what else was found, each once.' })
  urls!: MapEntry[];
}

export class MapAnswer extends IntersectionType(SiteMap, NextUrl) {}

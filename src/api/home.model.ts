import { ObjectType } from '@nestjs/graphql';
import { Property } from './property.decorator.ts';

@ObjectType({ description: 'What this server is, and the ways on from here.' })
export class Home {
  @Property(() => String, { description: 'What it is called.', example: 'Pagewire' })
  name!: string;

  @Property(() => String, { description: 'Its version.', example: '0.1.0' })
  version!: string;

  @Property(() => String, { description: 'What it does.', example: 'Give it a URL, get the page as data, down to the wire.' })
  description!: string;

  @Property(() => String, { description: 'A request to begin with.', example: '/links?url=http://pagewire.test/page1.htm' })
  example!: string;

  @Property(() => String, {
    description: 'The origin that it answers itself, so that first steps need no Internet; null where `DEMO` is switched off.',
    nullable: true,
    example: 'http://pagewire.test/',
  })
  demo!: string | null;

  @Property(() => String, { description: 'Every endpoint, for people.', example: '/docs' })
  documentation!: string;

  @Property(() => String, { description: 'What problems mean.', example: '/problems' })
  problems!: string;

  @Property(() => String, { description: 'What it allows.', example: '/limits' })
  limits!: string;

  @Property(() => String, { description: 'Every endpoint, for programs.', example: '/openapi.json' })
  openApi!: string;

  @Property(() => String, { description: 'The graph.', example: '/graphql' })
  graphql!: string;

  @Property(() => String, { description: 'What the graph has.', example: '/schema.graphql' })
  graphqlSchema!: string;

  @Property(() => String, { description: 'Whether it takes work.', example: '/health/ready' })
  readiness!: string;
}

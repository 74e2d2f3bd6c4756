import { DEMO_ORIGIN, exampleUrl, VERSION } from '../settings/settings.ts';
import type { Home } from './home.model.ts';

/** What the front page, /docs and /jobs are where the console was not built. */
export function unbuiltPage(): string {
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Pagewire</title><h1>Pagewire</h1>' +
    '<p>The console is not built: <code>npm run build</code> does it. <a href="/openapi.json">Every endpoint, with its parameters</a></html>\n'
  );
}

/** The same to programs: where to go from here. `hasDemo` is whether it answers for an origin of its own. */
export function homeLinks(hasDemo: boolean): Home {
  return {
    name: 'Pagewire',
    version: VERSION,
    description: 'Give it a URL, get the page as data, down to the wire.',
    example: `/links?url=${exampleUrl(hasDemo)}`,
    demo: hasDemo ? DEMO_ORIGIN : null,
    documentation: '/docs',
    problems: '/problems',
    limits: '/limits',
    openApi: '/openapi.json',
    graphql: '/graphql',
    graphqlSchema: '/schema.graphql',
    readiness: '/health/ready',
  };
}

/** The endpoints that take a target, and nothing besides that they need. */
export const VIEWS = [
  '/fetch',
  '/headers',
  '/body',
  '/wire',
  '/links',
  '/links/compare',
  '/tags',
  '/metadata',
  '/feed',
  '/text',
  '/markdown',
  '/tables',
  '/wordcount',
] as const;

/** Those that have no GET, with what they need besides. */
export const POST_VIEWS = { '/extract': { shape: { title: 'h1', items: [{ _: 'li', href: 'a@href' }] } } } as const;

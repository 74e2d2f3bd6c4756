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

/** What an origin of a generated web says in robots.txt, and what follows of it. https://www.rfc-editor.org/rfc/rfc9309 */
export interface RobotsRules {
  /** The status; `moved` answers a redirect to the text first, `reset` ends the connection. */
  answer: number | 'moved' | 'reset';
  text: string;
  /** True where a crawler of that product token may ask for a path with its query. */
  allows: (path: string, token: string) => boolean;
}

const isPrivate = (path: string): boolean => path.startsWith('/private/');
const anything = (): boolean => true;
const nothing = (): boolean => false;

/** Kinds of robots.txt, by name. */
export const ROBOTS = {
  open: { answer: 200, text: 'User-agent: *\nDisallow:\n', allows: anything },
  missing: { answer: 404, text: '', allows: anything },
  refused: { answer: 403, text: '', allows: anything },
  rules: {
    answer: 200,
    text: 'User-agent: *\nDisallow: /private/\nAllow: /private/open/\nDisallow: /*.cgi$\nDisallow: /*?print=\n',
    allows: (path) => (!isPrivate(path) || path.startsWith('/private/open/')) && !path.endsWith('.cgi') && !path.includes('?print='),
  },
  /** One crawler by name, and all others. */
  named: {
    answer: 200,
    text: 'User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Pagewire\nDisallow: /staff/\n',
    allows: (path, token) => token.toLowerCase() === 'pagewire' && !path.startsWith('/staff/'),
  },
  slowly: { answer: 200, text: 'User-agent: *\nCrawl-delay: SECONDS\nDisallow: /private/\n', allows: (path) => !isPrivate(path) },
  moved: { answer: 'moved', text: 'User-agent: *\nDisallow: /private/\n', allows: (path) => !isPrivate(path) },
  /** With a byte order mark, CRLF, junk and comments. */
  untidy: {
    answer: 200,
    text: '\ufeff# hello\r\n<html>\r\nUSER-AGENT : * # all\r\nnonsense\r\n\r\nDISALLOW : /private/ # secret\r\nDisallow\r\n',
    allows: (path) => !isPrivate(path),
  },
  /** https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1.4 */
  unavailable: { answer: 503, text: '', allows: nothing },
  reset: { answer: 'reset', text: '', allows: nothing },
} as const satisfies Record<string, RobotsRules>;

export type RobotsKind = keyof typeof ROBOTS;

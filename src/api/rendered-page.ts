import { createHash } from 'node:crypto';

/**
 * Takes the markup of a target's page from the console, once, and shows it in a frame that may do nothing. What is shown is
 * under the policy of this page, too, and is given one more in which no script is named. Its links would open a window, which it may
 * not: else the frame would go where they lead, and show that it may not, either.
 */
const SCRIPT = `
addEventListener('message', function show(event) {
  if (event.source !== parent || typeof event.data !== 'string') return;
  removeEventListener('message', show);
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', '');
  frame.setAttribute('referrerpolicy', 'no-referrer');
  frame.title = 'The page';
  frame.srcdoc = '<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src \\'none\\'; style-src \\'unsafe-inline\\'; img-src data:; form-action \\'none\\'; base-uri \\'none\\'"><meta name="referrer" content="no-referrer"><base target="_blank">' + event.data;
  document.body.append(frame);
});
`;

/** A page with room for another one, of which it knows nothing but that it is shown by the console. */
export const RENDERED_PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page, rendered</title>' +
  // Pages expect white paper.
  '<style>html,body,iframe{display:block;width:100%;height:100%;margin:0;border:0;background:#fff;color-scheme:light}</style>' +
  `<body><script>${SCRIPT}</script></body></html>\n`;

/**
 * Styles within the page and images within it, and nothing else: nothing is loaded, sent, opened or framed. No origin is its own
 * (`sandbox`), and the one script that runs is named by its digest.
 */
export const RENDERED_POLICY =
  `default-src 'none'; script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'; style-src 'unsafe-inline'; img-src data:; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts";

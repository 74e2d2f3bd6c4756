import type { Escapes } from './encode.model.ts';

/**
 * A text as it is written, in ASCII alone, in six notations: as content of HTML and of a URL's component, and as a literal
 * with its quotes in JSON, JavaScript, CSS and Python. A lone surrogate is kept where the notation can say it (JSON,
 * JavaScript, Python) and is U+FFFD elsewhere.
 */
export function escapesOf(text: string): Escapes {
  const scalars = text.toWellFormed();
  return {
    html: escapeHtml(scalars),
    url: encodeURIComponent(scalars),
    json: JSON.stringify(text).replace(NOT_ASCII_UNITS, (unit) => `\\u${hex(unit, 4)}`),
    javascript: `'${text.replace(OF_JAVASCRIPT, javascriptEscape)}'`,
    css: `"${scalars.replace(OF_CSS, cssEscape)}"`,
    python: pythonLiteral(text),
  };
}

const HTML_NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\xa0': '&nbsp;',
};

/**
 * For element content and quoted attribute values. No character reference stands for U+0000, and those of the C1 controls
 * mean characters of windows-1252: the former is U+FFFD, as it is to an HTML parser, and the latter stand there themselves.
 *
 * https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state
 */
function escapeHtml(scalars: string): string {
  return scalars.replace(OF_HTML, (character) => {
    if (character === '\0') return '&#xFFFD;';
    return HTML_NAMES[character] ?? `&#x${hex(character).toUpperCase()};`;
  });
}

/* eslint-disable no-control-regex -- ASCII has controls, which notations escape. */
const OF_HTML = /[&<>"'\0\r\xa0]|[^\x00-\x9f]/gu;
const NOT_ASCII_UNITS = /[\x7f-\uffff]/g;
/** The less-than sign too, so that a literal in a script element cannot end it. */
const OF_JAVASCRIPT = /[\\'<\x00-\x1f]|[^\x00-\x7e]/gu;
const OF_CSS = /["\\<\x00-\x1f]|[^\x00-\x7e]/gu;
const OF_PYTHON = /[\\\x00-\x1f]|[^\x00-\x7e]/gu;
/* eslint-enable no-control-regex */

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** https://tc39.es/ecma262/#sec-literals-string-literals */
function javascriptEscape(character: string): string {
  if (character === "'") return "\\'";
  const digits = hex(character);
  return (
    SHORT[character] ?? (digits.length <= 2 ? `\\x${hex(character, 2)}` : digits.length <= 4 ? `\\u${hex(character, 4)}` : `\\u{${digits}}`)
  );
}

/** https://drafts.csswg.org/cssom/#serialize-a-string, with all that is not ASCII escaped */
function cssEscape(character: string): string {
  if (character === '\0') return '\\fffd ';
  return character === '"' || character === '\\' ? `\\${character}` : `\\${hex(character)} `;
}

/** As Python's `ascii()` writes it. https://docs.python.org/3/library/functions.html#ascii */
function pythonLiteral(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(OF_PYTHON, (character) => {
    const digits = hex(character);
    return (
      SHORT[character] ??
      (digits.length <= 2 ? `\\x${hex(character, 2)}` : digits.length <= 4 ? `\\u${hex(character, 4)}` : `\\U${hex(character, 8)}`)
    );
  });
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function hex(character: string, digits = 1): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(digits, '0');
}

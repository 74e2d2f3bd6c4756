/** A page made to cost whoever reads it, at about so many bytes. */
export interface HostilePage {
  /** Its media type. */
  type: string;
  /** Its text, all ASCII. */
  make: (bytes: number) => string;
}

/** As often as it fits. */
function repeated(piece: string): (bytes: number) => string {
  return (bytes) => piece.repeat(Math.max(1, Math.floor(bytes / piece.length)));
}

/** Pieces that differ by their number, as many as fit. */
function numbered(piece: (index: number) => string): (bytes: number) => string {
  return (bytes) => {
    const pieces: string[] = [];
    for (let length = 0; length < bytes; length += pieces.at(-1)?.length ?? 0) pieces.push(piece(pieces.length));
    return pieces.join('');
  };
}

/** What comes before and after. */
function within(start: string, middle: (bytes: number) => string, end: string): (bytes: number) => string {
  return (bytes) => start + middle(bytes) + end;
}

/** One half, then the other. */
function halves(first: (bytes: number) => string, second: (bytes: number) => string): (bytes: number) => string {
  return (bytes) => first(bytes / 2) + second(bytes / 2);
}

const html = (make: (bytes: number) => string): HostilePage => ({ type: 'text/html', make });
const xml = (make: (bytes: number) => string): HostilePage => ({ type: 'application/xml', make });
const text = (make: (bytes: number) => string): HostilePage => ({ type: 'text/plain', make });

const ENTITIES = Array.from({ length: 9 }, (_, index) => `<!ENTITY e${String(index + 1)} "${`&e${String(index)};`.repeat(10)}">`).join('');

/** Pages that have cost parsers their life, by what they are full of. */
export const HOSTILE_PAGES: Readonly<Record<string, HostilePage>> = {
  'nested div': html(repeated('<div>')),
  'nested div, closed': html(halves(repeated('<div>'), repeated('</div>'))),
  'nested b': html(repeated('<b>')),
  'nested a': html(repeated('<a href=x>')),
  'nested table': html(repeated('<table><tr><td>')),
  'nested select': html(repeated('<select><optgroup><option>')),
  'nested svg': html(repeated('<svg><g>')),
  'nested math': html(repeated('<math><mi>')),
  'nested template': html(repeated('<template>')),
  'nested lists': html(repeated('<ul><li>')),
  'nested objects and buttons': html(repeated('<object><button>')),
  'svg and html by turns': html(repeated('<svg><foreignObject><p>')),
  'misnested a and p': html(repeated('<a><p></a>')),
  'misnested formatting': html(repeated('<b><i><p></b></i>')),
  'distinct fonts, then ends of p': html(
    halves(
      numbered((index) => `<font size=${String(index)}>`),
      repeated('</p><p>x'),
    ),
  ),
  'formatting reopened in cells': html(repeated('<table><td><b><i><u>x</td></table>')),
  'formatting reopened in divs': html(
    halves(
      numbered((index) => `<b id=${String(index)}>`),
      repeated('</div><div>x'),
    ),
  ),
  'end tags that close nothing': html(within('<div>'.repeat(1500), repeated('</p></span></b>'), '')),
  'attributes of one element': html(
    within(
      '<a href=x ',
      numbered((index) => `a${String(index)} `),
      '>x</a>',
    ),
  ),
  'one attribute again and again': html(within('<a href=x ', repeated('a '), '>x</a>')),
  'attributes merged into body': html(numbered((index) => `<body a${String(index)}>`)),
  'attributes merged into html': html(numbered((index) => `<html a${String(index)}=x>`)),
  'text in tables': html(repeated('<table>x<tr>y')),
  'a table full of foster children': html(within('<table>', repeated('<i>x'), '</table>')),
  comments: html(repeated('<!---->')),
  'comments that a bang ends': html(repeated('<!--a--!>')),
  'a comment without an end': html(within('<!--', repeated('- -'), '')),
  'bogus comments': html(repeated('<!x>')),
  'starts of comments': html(repeated('<!--')),
  doctypes: html(repeated('<!doctype html>')),
  'an attribute without an end': html(within('<a href="', repeated('x'), '')),
  'tags without an end': html(repeated('<a <')),
  ampersands: html(repeated('&')),
  'references without semicolons': html(repeated('&amp&notit&copy')),
  'numeric references': html(repeated('&#x1F600;&#0;&#xFFFFFFFF;')),
  NUL: html(repeated('\0')),
  'NUL in tables': html(within('<table>', repeated('\0x'), '')),
  plaintext: html(within('<plaintext>', repeated('<a href=x>'), '')),
  'script double escapes': html(within('<script>', repeated('<!--<script></script>'), '')),
  options: html(within('<select>', repeated('<option>x'), '</select>')),
  'headings and items that end each other': html(repeated('<h1><h2><li><dd><dt><p>')),
  'line breaks': text(repeated('a\r\n')),
  abbreviations: text(repeated('a. 1 ')),
  'a text': html(repeated('x')),
  'white space': html(repeated(' ')),
  'white space in a style': html(within('<p style="', repeated(' '), '">x')),
  'links on one line': html(numbered((index) => `<a href="http://a.test/${String(index)}">x</a>`)),
  'links without an end, for a regular expression': html(repeated('href="http://')),
  'a link in nested elements': html(halves(repeated('<a href=x><i>x</i>'), repeated('</a>'))),
  'carriage returns': html(repeated('\r')),
  'nested elements of XML': xml(repeated('<a>')),
  'closed elements of XML': xml(within('<r>', repeated('<a b="c">x</a>'), '</r>')),
  'namespaces of XML': xml(numbered((index) => `<a xmlns:n${String(index)}="u">`)),
  'attributes of one element of XML': xml(
    within(
      '<a ',
      numbered((index) => `a${String(index)}="" `),
      '/>',
    ),
  ),
  'entities within entities': xml((bytes) => `<!DOCTYPE r [<!ENTITY e0 "lol">${ENTITIES}]><r>${repeated('&e9;')(bytes)}</r>`),
  CDATA: xml(within('<r>', repeated('<![CDATA[x]]>'), '</r>')),
  'CDATA without an end': xml(within('<r>', repeated('<![CDATA['), '')),
  'processing instructions': xml(within('<r>', repeated('<?a b?>'), '</r>')),
  'end tags of XML': xml(within('<a>'.repeat(1500), repeated('</b>'), '')),
  'one long word': text(repeated('a')),
  'different words': text(numbered((index) => `w${String(index)} `)),
  controls: text(repeated('\u0001')),
};

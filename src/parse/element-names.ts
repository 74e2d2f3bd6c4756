/** What the parsing of HTML makes depend on an element's name. https://html.spec.whatwg.org/multipage/parsing.html#stack-of-open-elements */
export const TRAIT = {
  special: 1,
  /** Where "has an element in scope" stops. */
  scope: 1 << 1,
  /** Where it stops in list item scope besides. */
  listScope: 1 << 2,
  /** Where it stops in button scope besides. */
  buttonScope: 1 << 3,
  /** "Generate implied end tags" closes it. */
  implied: 1 << 4,
  formatting: 1 << 5,
  /** Its start tag closes an open `p`, and its end tag all that is open in it. */
  block: 1 << 6,
  /** It has no content. */
  void: 1 << 7,
  heading: 1 << 8,
  /** Formatting elements outside of it do not reach in. */
  marker: 1 << 9,
  /** Its content is text without character references. */
  rawText: 1 << 10,
  /** Its content is text with character references. */
  escapableRawText: 1 << 11,
  /** It may stand in a `head`. */
  metadata: 1 << 12,
  /** It has its place in a table alone. */
  tablePart: 1 << 13,
  /** `tbody`, `thead`, `tfoot`. */
  tableBody: 1 << 14,
  /** `td`, `th`. */
  cell: 1 << 15,
  /** In SVG and MathML its start tag ends these. */
  breakout: 1 << 16,
  /** It is a part of a page by its name. */
  landmark: 1 << 17,
} as const;

const words = (text: string): string[] => text.split(' ');

/** https://html.spec.whatwg.org/multipage/parsing.html#special, #has-an-element-in-scope, #generate-implied-end-tags, and the insertion modes. */
const NAMES_BY_TRAIT: Readonly<Record<keyof typeof TRAIT, readonly string[]>> = {
  special: words(
    'address applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd details dir div dl dt embed ' +
      'fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input keygen li link listing ' +
      'main marquee menu meta nav noembed noframes noscript object ol p param plaintext pre script section select source style summary ' +
      'table tbody td template textarea tfoot th thead title tr track ul wbr xmp',
  ),
  scope: words('applet caption html table td th marquee object select template'),
  listScope: words('ol ul'),
  buttonScope: words('button'),
  implied: words('dd dt li optgroup option p rb rp rt rtc'),
  formatting: words('a b big code em font i nobr s small strike strong tt u'),
  block: words(
    'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup main menu nav ol search ' +
      'section summary ul pre listing',
  ),
  void: words('area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr'),
  heading: words('h1 h2 h3 h4 h5 h6'),
  marker: words('applet caption marquee object td th'),
  rawText: words('iframe noembed noframes script style xmp'),
  escapableRawText: words('textarea title'),
  metadata: words('base basefont bgsound link meta noframes script style template title'),
  tablePart: words('caption col colgroup tbody td tfoot th thead tr'),
  tableBody: words('tbody tfoot thead'),
  cell: words('td th'),
  breakout: words(
    'b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s ' +
      'small span strong strike sub sup table tt u ul var',
  ),
  landmark: words('article aside footer header main nav search section'),
};

const OTHERS = words('a button form frameset nobr noscript option optgroup plaintext ruby svg math');

/** Each name that parsing knows, with a number. */
export const ELEMENT_NUMBERS: ReadonlyMap<string, number> = new Map(
  [...new Set([...Object.values(NAMES_BY_TRAIT).flat(), ...OTHERS])].map((name, index) => [name, index]),
);

/** The traits of an element by its number; it has none above. */
const TRAITS: Int32Array = new Int32Array(ELEMENT_NUMBERS.size);
for (const [trait, names] of Object.entries(NAMES_BY_TRAIT) as [keyof typeof TRAIT, string[]][]) {
  for (const name of names) TRAITS[ELEMENT_NUMBERS.get(name) ?? 0] = (TRAITS[ELEMENT_NUMBERS.get(name) ?? 0] ?? 0) | TRAIT[trait];
}

/** Whether the element of this number has one of these traits. */
export function hasTrait(number: number, traits: number): boolean {
  return ((TRAITS[number] ?? 0) & traits) !== 0;
}

export const HEADINGS: ReadonlySet<string> = new Set(NAMES_BY_TRAIT.heading);

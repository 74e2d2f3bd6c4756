import { type LinkElement, landmarkOf } from './link-context.ts';
import type { Landmark } from './links.model.ts';
import { ELEMENT_NUMBERS, hasTrait, TRAIT } from './element-names.ts';
import { OpenElements } from './open-elements.ts';
import { AMPERSAND, CARRIAGE_RETURN, isSpace, LINE_FEED } from './code-units.ts';
import { READ_ATTRIBUTES, type ReadAttribute, TagReader } from './tag-reader.ts';
import type { SourcePosition } from './source-position.ts';
import { asciiLowercase, stripAndCollapseAsciiWhitespace } from './tree.ts';

/** A hyperlink as it stands in the text. */
export interface ScannedLink extends LinkElement {
  name: 'a' | 'area';
  /** Of its start tag. */
  position: SourcePosition;
  /** As its other attributes, character references resolved. */
  href: string;
  text: string;
  /** The heading that was begun last before it. */
  heading: ScannedHeading | null;
  /** The innermost landmark that it is in. */
  landmark: Landmark | null;
  /** Some landmark that it is in is a `nav`. */
  inNav: boolean;
}

/** A heading: its descendant text, ASCII whitespace stripped and collapsed. */
export interface ScannedHeading {
  text: string;
}

/** What a scan finds. */
export interface ScannedPage {
  links: ScannedLink[];
  /** The `href` of the first `base` that has one, or null. */
  baseHref: string | null;
}

/** What a scan may take before it is given up. */
export interface ScanLimits {
  /** `<`, whatever they are. */
  marks: number;
  /** Bytes of text in links and headings. */
  text: number;
}

const NO_LIMITS: ScanLimits = { marks: 0xffffffff, text: Infinity };

const [HREF, REL, TITLE, TYPE, ROLE] = READ_ATTRIBUTES.map((_, index) => index as ReadAttribute) as [0, 1, 2, 3, 4];

/** Deeper than this no browser goes; and no search through what is open takes long. */
const MAX_OPEN = 512;

/** Open elements that end tags may look through, besides one a unit of the text: few pages come to that. */
const SEARCHED_BEFORE = 1_000_000;

/** Blocks in a formatting element that are taken out of it; more are not. */
const MOST_ADOPTED = 7;

/** Thrown where only a tree knows; one for all, as making an error takes long. */
const UNDECIDED = new Error('only a tree knows');

const numberOf = (name: string): number => ELEMENT_NUMBERS.get(name) ?? -1;
const A = numberOf('a');
const AREA = numberOf('area');
const BASE = numberOf('base');
const BODY = numberOf('body');
const BR = numberOf('br');
const BUTTON = numberOf('button');
const COL = numberOf('col');
const COLGROUP = numberOf('colgroup');
const CAPTION = numberOf('caption');
const DD = numberOf('dd');
const DT = numberOf('dt');
const FORM = numberOf('form');
const FRAMESET = numberOf('frameset');
const HEAD = numberOf('head');
const HR = numberOf('hr');
const HTML = numberOf('html');
const INPUT = numberOf('input');
const LI = numberOf('li');
const MATH = numberOf('math');
const NOBR = numberOf('nobr');
const NOSCRIPT = numberOf('noscript');
const OPTGROUP = numberOf('optgroup');
const OPTION = numberOf('option');
const P = numberOf('p');
const PLAINTEXT = numberOf('plaintext');
const PRE = numberOf('pre');
const LISTING = numberOf('listing');
const RUBY = numberOf('ruby');
const RTC = numberOf('rtc');
const RB = numberOf('rb');
const RP = numberOf('rp');
const RT = numberOf('rt');
const SCRIPT = numberOf('script');
const SELECT = numberOf('select');
const STYLE = numberOf('style');
const SVG = numberOf('svg');
const TABLE = numberOf('table');
const TEXTAREA = numberOf('textarea');
const TBODY = numberOf('tbody');
const TEMPLATE = numberOf('template');
const TR = numberOf('tr');
const XMP = numberOf('xmp');
const ADDRESS = numberOf('address');
const DIV = numberOf('div');

/** An open element whose text is wanted. */
interface Collector {
  /** Its place among what is open. */
  depth: number;
  of: { text: string };
  /** The first of the pieces of text that are its. */
  from: number;
}

/**
 * The hyperlinks of an HTML document in tree order, template content left out, found without a tree: what is open is followed tag by
 * tag, as tree construction does. Null where only a tree knows the answer: where formatting elements are adopted or made again
 * around a link, where a table gives back what is misplaced in it, and in other rare cases; and beyond the limits. Linear time.
 * https://html.spec.whatwg.org/multipage/parsing.html#tree-construction
 */
export function scanLinks(text: string | Buffer, limits = NO_LIMITS): ScannedPage | null {
  // Half a surrogate pair has no bytes.
  if (typeof text === 'string' && !text.isWellFormed()) return null;
  const content = typeof text === 'string' ? Buffer.from(text) : text;
  if (content.includes(0)) return null;
  try {
    return new LinkScanner(content, limits).scan();
  } catch (error) {
    if (error === UNDECIDED) return null;
    throw error;
  }
}

class LinkScanner {
  readonly #content: Buffer;
  readonly #reader: TagReader;
  /** Known for sure to be in no-quirks mode. */
  readonly #isNoQuirks: boolean;
  readonly #links: ScannedLink[] = [];
  #baseHref: string | null = null;
  readonly #open = new OpenElements();
  /** Numbers of the names that parsing does not know. */
  readonly #others = new Map<string, number>();
  /** Formatting elements that were closed otherwise than by their own end tags: they may have been made again since. */
  readonly #madeAgain = new Set<number>();
  readonly #collectors: Collector[] = [];
  #pieces: string[] = [];
  readonly #landmarks: { depth: number; landmark: Landmark }[] = [];
  #heading: ScannedHeading | null = null;
  #isInHead = true;
  #isInHeadNoscript = false;
  #hasForm = false;
  #hadNobr = false;
  #searched = 0;
  readonly #mostSearched: number;
  readonly #limits: ScanLimits;
  #textRead = 0;

  constructor(content: Buffer, limits: ScanLimits) {
    this.#content = content;
    this.#limits = limits;
    this.#mostSearched = SEARCHED_BEFORE + content.length;
    this.#isNoQuirks = NO_QUIRKS.test(content.toString('latin1', 0, LONGEST_DOCTYPE));
    this.#reader = new TagReader(content, limits.marks);
  }

  scan(): ScannedPage {
    const reader = this.#reader;
    for (;;) {
      const from = reader.position;
      const isTag = reader.next();
      if (reader.marks > this.#limits.marks) throw UNDECIDED;
      if (reader.start > from) this.#characters(from, reader.start);
      if (isTag === null) break;
      if (!isTag) continue;
      const number = this.#number();
      if (reader.isEndTag) this.#endTag(number);
      else this.#startTag(number);
    }
    this.#popTo(0, true);
    return { links: this.#links, baseHref: this.#baseHref };
  }

  /** The number of the tag read last, one of this scan's own where parsing does not know it. */
  #number(): number {
    const { number } = this.#reader;
    if (number !== -1) return number;
    const { name } = this.#reader;
    let other = this.#others.get(name);
    if (other === undefined) this.#others.set(name, (other = ELEMENT_NUMBERS.size + this.#others.size));
    return other;
  }

  /** Opens the element of the tag read last. */
  #push(number: number): void {
    const role = this.#reader.value(ROLE);
    if (role !== null || hasTrait(number, TRAIT.landmark)) {
      const landmark = landmarkOf(this.#reader.name, role);
      // A formatting element may be made again, and be the landmark of what follows.
      if (landmark !== null && hasTrait(number, TRAIT.formatting)) throw UNDECIDED;
      if (landmark !== null) this.#landmarks.push({ depth: this.#open.depth, landmark });
    }
    if (hasTrait(number, TRAIT.heading)) {
      this.#heading = { text: '' };
      this.#collectors.push({ depth: this.#open.depth, of: this.#heading, from: this.#pieces.length });
    }
    this.#pushImplied(number);
  }

  #pushImplied(number: number): void {
    if (this.#open.depth >= MAX_OPEN) throw UNDECIDED;
    this.#open.push(number);
  }

  /**
   * Closes all but the first `depth` elements. A link that does not end with its own end tag is made again behind what closed it, unless
   * the list of active formatting elements is cleared.
   */
  #popTo(depth: number, isCleared: boolean): void {
    while (this.#open.depth > depth) {
      const number = this.#open.pop();
      this.#closeLandmark();
      if (number === A) {
        if (!isCleared) throw UNDECIDED;
        this.#endCollector();
      } else if (hasTrait(number, TRAIT.heading)) {
        this.#endCollector();
      } else if (!isCleared && hasTrait(number, TRAIT.formatting)) {
        this.#madeAgain.add(number);
      }
    }
  }

  #pop(): void {
    this.#popTo(this.#open.depth - 1, false);
  }

  /** Where the standard looks at the current node: it may be a formatting element that was made again. */
  #popCurrent(): void {
    if (this.#madeAgain.size > 0) throw UNDECIDED;
    this.#pop();
  }

  #closeLandmark(): void {
    if ((this.#landmarks.at(-1)?.depth ?? -1) >= this.#open.depth) this.#landmarks.pop();
  }

  /** What was open at this place is closed. */
  #endCollector(): void {
    const collector = this.#collectors.at(-1);
    // An `a` without `href` is none.
    if (collector?.depth !== this.#open.depth) return;
    this.#collectors.pop();
    const pieces = this.#pieces;
    const isOne = pieces.length === collector.from + 1;
    collector.of.text = stripAndCollapseAsciiWhitespace(isOne ? (pieces[collector.from] ?? '') : pieces.slice(collector.from).join(''));
    if (this.#collectors.length === 0) this.#pieces = [];
  }

  #characters(from: number, to: number): void {
    if (this.#collectors.length > 0) {
      if (this.#isTableContext(this.#open.current) && !isBlank(this.#content, from, to)) throw UNDECIDED;
      this.#collect(from, to, true);
    } else if ((this.#isInHead || this.#isInHeadNoscript) && !isBlank(this.#content, from, to)) {
      this.#leaveHead();
    }
  }

  #leaveHead(): void {
    if (this.#isInHeadNoscript) this.#popTo(0, false);
    this.#isInHeadNoscript = this.#isInHead = false;
  }

  /** The innermost `td`, `th`, `caption` or `table`, or -1. */
  #tablePlace(): number {
    for (let index = this.#open.depth - 1; index >= 0; index--) {
      const open = this.#open.at(index);
      if (open === TABLE || open === CAPTION || hasTrait(open, TRAIT.cell)) return index;
    }
    return -1;
  }

  #isTableContext(number: number): boolean {
    return number === TABLE || number === TR || number === COLGROUP || hasTrait(number, TRAIT.tableBody);
  }

  #closeP(): void {
    const index = this.#open.inScope(P, TRAIT.buttonScope);
    if (index !== -1) this.#popTo(index, false);
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#generate-implied-end-tags */
  #closeImplied(except: number): void {
    for (let number = this.#open.current; number !== -1; number = this.#open.current) {
      if (number === except || !hasTrait(number, TRAIT.implied)) return;
      this.#pop();
    }
  }

  /** Closes a cell, a caption or what else ends a list of active formatting elements. */
  #closeMarker(index: number): void {
    for (let inner = this.#open.depth - 1; inner > index; inner--) {
      if (hasTrait(this.#open.at(inner), TRAIT.marker)) throw UNDECIDED;
    }
    this.#popTo(index, true);
  }

  #startTag(number: number): void {
    if (number === FRAMESET || number === PLAINTEXT) throw UNDECIDED;
    if (this.#isInHeadNoscript) this.#startInHeadNoscript(number);
    if (this.#isInHead && !hasTrait(number, TRAIT.metadata) && number !== NOSCRIPT && number !== HEAD && number !== HTML)
      this.#isInHead = false;
    if (this.#open.has(SELECT)) this.#startInSelect(number);
    else if (this.#isTableContext(this.#open.current)) this.#startInTable(number);
    else this.#startInBody(number);
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inheadnoscript */
  #startInHeadNoscript(number: number): void {
    if (hasTrait(number, TRAIT.metadata) || number === NOSCRIPT || number === HEAD) {
      // These end it, too, but stay in the head.
      if (number === BASE || number === SCRIPT || number === TEMPLATE || hasTrait(number, TRAIT.escapableRawText)) {
        this.#popTo(0, false);
        this.#isInHeadNoscript = false;
      }
      return;
    }
    if (number === HTML) return;
    this.#leaveHead();
  }

  #startInSelect(number: number): void {
    if (number === OPTION || number === OPTGROUP || number === HR) {
      if (this.#open.current === OPTION) this.#pop();
      if (number !== OPTION && this.#open.current === OPTGROUP) this.#pop();
      if (number !== HR) this.#push(number);
    } else if (number === SCRIPT) {
      this.#passRawText();
    } else {
      throw UNDECIDED;
    }
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-intable, and the modes after it. */
  #startInTable(number: number): void {
    const current = this.#open.current;
    const isCell = hasTrait(number, TRAIT.cell);
    if (current === COLGROUP) {
      if (number === COL) return;
      if (number === TEMPLATE) {
        this.#passTemplate();
        return;
      }
      if (number === HTML) return;
      this.#closeAndStart(number);
    } else if (number === SCRIPT || number === TEMPLATE || number === STYLE) {
      this.#startInBody(number);
    } else if (number === INPUT) {
      if (asciiLowercase(this.#reader.value(TYPE) ?? '') !== 'hidden') throw UNDECIDED;
    } else if (number === FORM) {
      this.#hasForm = true;
    } else if (current === TR) {
      if (isCell) this.#push(number);
      else if (hasTrait(number, TRAIT.tablePart) || number === TABLE) this.#closeAndStart(number);
      else throw UNDECIDED;
    } else if (hasTrait(current, TRAIT.tableBody)) {
      if (number === TR) this.#push(TR);
      else if (isCell) {
        this.#pushImplied(TR);
        this.#push(number);
      } else if (hasTrait(number, TRAIT.tablePart) || number === TABLE) this.#closeAndStart(number);
      else throw UNDECIDED;
    } else if (isCell || number === TR) {
      this.#pushImplied(TBODY);
      this.#startInTable(number);
    } else if (number === COL) {
      this.#pushImplied(COLGROUP);
    } else if (number === TABLE) {
      this.#pop();
      this.#startTag(number);
    } else if (hasTrait(number, TRAIT.tableBody) || number === CAPTION || number === COLGROUP) {
      this.#push(number);
    } else {
      throw UNDECIDED;
    }
  }

  #closeAndStart(number: number): void {
    this.#pop();
    this.#startInTable(number);
  }

  #startInBody(number: number): void {
    if (number === A) {
      this.#startLink();
    } else if (hasTrait(number, TRAIT.rawText | TRAIT.escapableRawText)) {
      if (number === XMP) this.#closeP();
      this.#passRawText();
    } else if (hasTrait(number, TRAIT.void)) {
      if (number === HR) this.#closeP();
      else if (number === AREA) this.#addLink('area');
      else if (number === BASE) this.#baseHref ??= this.#reader.value(HREF);
      else if (number === COL) this.#startTablePart(number);
    } else if (hasTrait(number, TRAIT.tablePart)) {
      this.#startTablePart(number);
    } else if (hasTrait(number, TRAIT.formatting)) {
      if (number === NOBR) this.#startNobr();
      this.#push(number);
    } else if (hasTrait(number, TRAIT.block) || number === P) {
      this.#closeP();
      this.#push(number);
      if ((number === PRE || number === LISTING) && this.#collectors.length > 0)
        this.#reader.moveTo(this.#behindNewline(this.#reader.position));
    } else if (hasTrait(number, TRAIT.heading)) {
      this.#closeP();
      if (hasTrait(this.#open.current, TRAIT.heading)) this.#popCurrent();
      this.#push(number);
    } else {
      this.#startOther(number);
    }
  }

  /** A `nobr` ends the one before, which may have been made again around or in a link. */
  #startNobr(): void {
    if (this.#hadNobr && (this.#open.has(NOBR) || this.#open.has(A))) throw UNDECIDED;
    this.#hadNobr = true;
  }

  #startOther(number: number): void {
    switch (number) {
      case HTML:
      case BODY:
      case HEAD:
        // It gives the attributes to the one that is open already.
        if (this.#reader.value(ROLE) !== null) throw UNDECIDED;
        return;
      case NOSCRIPT:
        if (this.#isInHeadNoscript) return;
        this.#isInHeadNoscript = this.#isInHead;
        break;
      case TEMPLATE:
        this.#passTemplate();
        return;
      case SVG:
      case MATH:
        if (!this.#reader.isSelfClosing) this.#passForeign(this.#collectors.length > 0);
        return;
      case LI:
        this.#startItem(number, number);
        break;
      case DD:
      case DT:
        this.#startItem(DD, DT);
        break;
      case FORM:
        if (this.#hasForm) return;
        this.#hasForm = true;
        this.#closeP();
        break;
      case BUTTON: {
        const open = this.#open.inScope(BUTTON);
        if (open !== -1) this.#popTo(open, false);
        break;
      }
      case TABLE:
        // Whether a table closes a paragraph depends on the document's mode.
        if (this.#open.inScope(P, TRAIT.buttonScope) !== -1) {
          if (!this.#isNoQuirks) throw UNDECIDED;
          this.#closeP();
        }
        break;
      case OPTION:
      case OPTGROUP:
        if (this.#open.current === OPTION) this.#popCurrent();
        break;
      case RB:
      case RTC:
      case RP:
      case RT:
        if (this.#open.inScope(RUBY) === -1) break;
        if (this.#madeAgain.size > 0) throw UNDECIDED;
        this.#closeImplied(number === RP || number === RT ? RTC : -1);
        break;
    }
    this.#push(number);
  }

  #startItem(number: number, other: number): void {
    for (let index = this.#open.depth - 1; index >= 0; index--) {
      const open = this.#open.at(index);
      if (open === number || open === other) {
        this.#closeImplied(open);
        this.#popTo(index, false);
        break;
      }
      if (hasTrait(open, TRAIT.special) && open !== ADDRESS && open !== DIV && open !== P) break;
    }
    this.#closeP();
  }

  /** In a cell or a caption it closes that; elsewhere it is passed over. */
  #startTablePart(number: number): void {
    const index = this.#tablePlace();
    if (index === -1) return;
    this.#closeMarker(index);
    this.#startInTable(number);
  }

  #startLink(): void {
    for (let index = this.#open.depth - 1; index >= 0; index--) {
      const open = this.#open.at(index);
      if (open === A) {
        this.#closeFormatting(index);
        break;
      }
      if (hasTrait(open, TRAIT.marker)) break;
      if (hasTrait(open, TRAIT.special) && this.#open.has(A)) {
        const reached = this.#reachedLink(index);
        if (reached !== -1) this.#adopt(reached);
        break;
      }
    }
    const link = this.#addLink('a');
    if (link !== null) this.#collectors.push({ depth: this.#open.depth, of: link, from: this.#pieces.length });
    this.#push(A);
  }

  /** The place of an `a` that is open below this place and that the list of active formatting elements still tells of, or -1. */
  #reachedLink(from: number): number {
    for (let index = from; index >= 0; index--) {
      const open = this.#open.at(index);
      if (open === A) return index;
      if (hasTrait(open, TRAIT.marker)) return -1;
    }
    return -1;
  }

  /**
   * Blocks that stand in an `a` are taken out of it, and it is made again within each of them. Where it has no `href` these are no links, and all
   * else stays in order. https://html.spec.whatwg.org/multipage/parsing.html#adoption-agency-algorithm
   */
  #adopt(place: number): void {
    const isLink = this.#collectors.some(({ depth }) => depth === place);
    let last = place;
    for (let index = place + 1; index < this.#open.depth; index++) {
      const open = this.#open.at(index);
      if (hasTrait(open, TRAIT.scope)) throw UNDECIDED;
      if (!hasTrait(open, TRAIT.special)) continue;
      // What stands between two blocks is closed, and what is a formatting element made again.
      if (index !== last + 1) throw UNDECIDED;
      last = index;
    }
    if (isLink || last - place > MOST_ADOPTED) throw UNDECIDED;
    this.#remove(place);
    // Behind the innermost block it ends, with what is open in it.
    this.#noteMadeAgain(last);
    this.#popTo(last, true);
  }

  /** Null for one without `href`, which is none. */
  #addLink(element: 'a' | 'area'): ScannedLink | null {
    const href = this.#reader.value(HREF);
    if (href === null) return null;
    const landmarks = this.#landmarks;
    const link: ScannedLink = {
      name: element,
      position: this.#reader.locate(this.#reader.start),
      href,
      rel: this.#reader.value(REL),
      title: this.#reader.value(TITLE),
      text: '',
      heading: this.#heading,
      landmark: landmarks.at(-1)?.landmark ?? null,
      inNav: landmarks.some(({ landmark }) => landmark === 'nav'),
    };
    // Its own role is of the part that it is, too.
    const own = landmarkOf(element, this.#reader.value(ROLE));
    if (own !== null) {
      link.landmark = own;
      link.inNav ||= own === 'nav';
    }
    this.#links.push(link);
    return link;
  }

  #passRawText(): void {
    const { number, position } = this.#reader;
    const end = this.#reader.passRawText(number === SCRIPT);
    if (this.#collectors.length === 0) return;
    const from = number === TEXTAREA ? this.#behindNewline(position) : position;
    this.#collect(from, end, hasTrait(number, TRAIT.escapableRawText));
  }

  #collect(from: number, to: number, hasReferences: boolean): void {
    this.#textRead += to - from;
    if (this.#textRead > this.#limits.text) throw UNDECIDED;
    this.#pieces.push(this.#reader.characters(from, to, hasReferences));
  }

  /** A newline right behind the start tag of these does not count. */
  #behindNewline(place: number): number {
    const [first, second] = [this.#content[place], this.#content[place + 1]];
    if (first === AMPERSAND) throw UNDECIDED;
    if (first === CARRIAGE_RETURN) return second === LINE_FEED ? place + 2 : place + 1;
    return first === LINE_FEED ? place + 1 : place;
  }

  /** What is in a template is no part of the tree. */
  #passTemplate(): void {
    const reader = this.#reader;
    let hasSelect = false;
    let tables = 0;
    // What of these stays open leaves a mark in the list of active formatting elements behind the template.
    const markers: number[] = [];
    for (let depth = 1; depth > 0;) {
      const isTag = reader.next();
      if (isTag === null) return;
      if (!isTag) continue;
      const number = this.#number();
      if (reader.isEndTag) {
        if (number === TEMPLATE) depth--;
        else if (number === TABLE) tables--;
        else if (hasTrait(number, TRAIT.marker) && markers.pop() !== number) throw UNDECIDED;
        continue;
      }
      if (number === FRAMESET || number === PLAINTEXT) throw UNDECIDED;
      // Parts of a table without one make of the template's content what only a tree follows.
      if (hasTrait(number, TRAIT.tablePart) && tables <= 0) throw UNDECIDED;
      if (number === TEMPLATE) depth++;
      else if (number === TABLE) tables++;
      else if (number === SELECT) hasSelect = true;
      else if ((number === SVG || number === MATH) && !reader.isSelfClosing) this.#passForeign(false);
      else if (hasTrait(number, TRAIT.rawText | TRAIT.escapableRawText)) {
        if (hasSelect && number !== SCRIPT) throw UNDECIDED;
        reader.passRawText(number === SCRIPT);
      } else if (hasTrait(number, TRAIT.marker)) {
        markers.push(number);
      }
    }
    if (markers.length > 0) throw UNDECIDED;
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign */
  #passForeign(collects: boolean): void {
    const reader = this.#reader;
    const open = [reader.name];
    while (open.length > 0) {
      const from = reader.position;
      const isTag = reader.next();
      if (collects && reader.start > from) this.#collect(from, reader.start, true);
      if (isTag === null) return;
      if (!isTag) {
        const section = reader.cdata();
        // Browsers and parse5 take it for a comment there, against the standard.
        if (section !== null && HTML_IN_FOREIGN.has(open.at(-1) ?? '')) throw UNDECIDED;
        if (section !== null && collects) this.#collect(section.from, section.to, false);
        continue;
      }
      const { name } = reader;
      // In a title, a description or a token of MathML is HTML, or text alone.
      const isTextAlone = TEXT_IN_FOREIGN.has(open.at(-1) ?? '');
      if (reader.isEndTag) {
        if (open.pop() !== name) throw UNDECIDED;
      } else if (isTextAlone || UNDECIDED_IN_FOREIGN.has(name) || hasTrait(reader.number, TRAIT.breakout)) {
        throw UNDECIDED;
      } else if (!reader.isSelfClosing) {
        if (open.length >= MAX_OPEN) throw UNDECIDED;
        open.push(name);
      }
    }
  }

  #endTag(number: number): void {
    // Its element is looked for among all that are open.
    this.#searched += this.#open.depth;
    if (this.#searched > this.#mostSearched) throw UNDECIDED;
    if (this.#isInHeadNoscript && number === NOSCRIPT) this.#isInHeadNoscript = false;
    else if (this.#isInHeadNoscript && number !== BR) return;
    if (this.#isInHead && (number === HEAD || number === BODY || number === HTML || number === BR)) this.#leaveHead();
    if (this.#open.has(SELECT)) this.#endInSelect(number);
    else if (number === HTML || number === BODY || number === HEAD || number === TEMPLATE) return;
    else if (this.#isTableContext(this.#open.current)) this.#endInTable(number);
    else if (hasTrait(number, TRAIT.tablePart) || number === TABLE) this.#endTablePart(number);
    else this.#endInBody(number);
  }

  #endInSelect(number: number): void {
    const current = this.#open.current;
    if (number === OPTION) {
      if (current === OPTION) this.#pop();
    } else if (number === OPTGROUP) {
      if (current === OPTION && this.#open.at(this.#open.depth - 2) === OPTGROUP) this.#pop();
      if (this.#open.current === OPTGROUP) this.#pop();
    } else if (number === SELECT) {
      this.#popTo(this.#open.placeOf(SELECT), false);
    } else {
      throw UNDECIDED;
    }
  }

  #endInTable(number: number): void {
    const current = this.#open.current;
    const up = this.#open.depth - 1;
    if (number === current) {
      this.#popTo(up, false);
    } else if (number === FORM) {
      this.#hasForm = false;
    } else if (number === TABLE) {
      this.#popTo(up, false);
      this.#endInTable(number);
    } else if (hasTrait(number, TRAIT.tableBody) && current === TR && this.#open.at(up - 1) === number) {
      this.#popTo(up - 1, false);
    } else if (current === COLGROUP && number !== COL) {
      this.#popTo(up, false);
      this.#endInTable(number);
    }
  }

  /** Of a part of a table, or a table, while something is open in a cell or a caption. */
  #endTablePart(number: number): void {
    const index = this.#tablePlace();
    if (index === -1) return;
    const place = this.#open.at(index);
    if (number === place) {
      this.#closeMarker(index);
      return;
    }
    if (hasTrait(number, TRAIT.cell) || number === CAPTION || number === COL || number === COLGROUP) return;
    // It closes the cell where that is in such a part.
    for (let outer = index - 1; outer >= 0; outer--) {
      const open = this.#open.at(outer);
      if (open === number && (place !== CAPTION || number === TABLE)) {
        this.#closeMarker(index);
        this.#endInTable(number);
        return;
      }
      if (open === TABLE) return;
    }
  }

  #endInBody(number: number): void {
    if (hasTrait(number, TRAIT.formatting)) {
      this.#endFormatting(number);
    } else if (hasTrait(number, TRAIT.block) || number === BUTTON) {
      const index = this.#open.inScope(number);
      if (index === -1) return;
      this.#closeImplied(-1);
      this.#popTo(index, false);
    } else if (hasTrait(number, TRAIT.heading)) {
      this.#endHeading();
    } else if (hasTrait(number, TRAIT.marker)) {
      const index = this.#open.inScope(number);
      if (index !== -1) this.#closeMarker(index);
    } else if (number === P) {
      this.#closeP();
    } else if (number === LI || number === DD || number === DT) {
      const index = this.#open.inScope(number, number === LI ? TRAIT.listScope : 0);
      if (index === -1) return;
      this.#closeImplied(number);
      this.#popTo(index, false);
    } else if (number === FORM) {
      this.#endForm();
    } else {
      this.#endOther(number);
    }
  }

  #endHeading(): void {
    for (let index = this.#open.depth - 1; index >= 0; index--) {
      const open = this.#open.at(index);
      if (hasTrait(open, TRAIT.heading)) {
        this.#closeImplied(-1);
        this.#popTo(index, false);
        return;
      }
      if (hasTrait(open, TRAIT.scope)) return;
    }
  }

  #endForm(): void {
    const hasForm = this.#hasForm;
    this.#hasForm = false;
    const index = hasForm ? this.#open.inScope(FORM) : -1;
    if (index === -1) return;
    this.#closeImplied(-1);
    const place = this.#open.placeOf(FORM);
    if (place === this.#open.depth - 1 && this.#madeAgain.size > 0) throw UNDECIDED;
    this.#remove(place);
    this.#closeLandmark();
  }

  /** Closes an element, and not what is open in it. */
  #remove(place: number): void {
    for (const inner of [...this.#collectors, ...this.#landmarks]) if (inner.depth > place) inner.depth--;
    this.#open.remove(place);
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#adoption-agency-algorithm, as far as nothing is adopted. */
  #endFormatting(number: number): void {
    if (this.#madeAgain.has(number)) throw UNDECIDED;
    let isAdopted = false;
    for (let index = this.#open.depth - 1; index >= 0; index--) {
      const open = this.#open.at(index);
      if (open === number) {
        if (isAdopted) throw UNDECIDED;
        this.#closeFormatting(index);
        return;
      }
      if (hasTrait(open, TRAIT.scope)) break;
      isAdopted ||= hasTrait(open, TRAIT.special) || open === A;
    }
    // An element that has been closed may have been made again, around an open link or in it.
    if (number !== A && this.#open.has(A)) throw UNDECIDED;
  }

  /** The formatting elements that are open in it are made again behind it. */
  #closeFormatting(index: number): void {
    this.#noteMadeAgain(index + 1);
    this.#popTo(index, true);
  }

  #noteMadeAgain(from: number): void {
    for (let index = from; index < this.#open.depth; index++) {
      const open = this.#open.at(index);
      if (hasTrait(open, TRAIT.formatting)) this.#madeAgain.add(open);
    }
  }

  /** "Any other end tag." */
  #endOther(number: number): void {
    for (let index = this.#open.depth - 1; index >= 0; index--) {
      const open = this.#open.at(index);
      if (open === number) {
        this.#closeImplied(number);
        this.#popTo(index, false);
        return;
      }
      if (hasTrait(open, TRAIT.special)) return;
    }
  }
}

/** Bytes in which a doctype that is looked at stands. */
const LONGEST_DOCTYPE = 200;
const NO_QUIRKS = /^[\t\n\f\r ]*<!doctype[\t\n\f\r ]+html[\t\n\f\r ]*>/i;

/** https://html.spec.whatwg.org/multipage/parsing.html#html-integration-point, and #mathml-text-integration-point */
const HTML_IN_FOREIGN: ReadonlySet<string> = new Set(['title', 'desc', 'mi', 'mo', 'mn', 'ms', 'mtext']);
const TEXT_IN_FOREIGN: ReadonlySet<string> = new Set([...HTML_IN_FOREIGN, 'style']);
const UNDECIDED_IN_FOREIGN: ReadonlySet<string> = new Set([
  'a',
  'annotation-xml',
  'area',
  'foreignobject',
  'math',
  'script',
  'svg',
  'template',
]);

/** True where only HTML's spaces stand. */
function isBlank(content: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isSpace(content[at] ?? 0)) return false;
  return true;
}

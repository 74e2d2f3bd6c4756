import { type LinkElement, landmarkOf } from './link-context.ts';
import type { Landmark } from './links.model.ts';
import { ELEMENT_NUMBERS, TRAIT, TRAITS } from './element-names.ts';
import { characters, isBlank, TagReader } from './tag-reader.ts';
import { stripAndCollapseAsciiWhitespace } from './tree.ts';

/** A hyperlink as it stands in the text. */
export interface ScannedLink extends LinkElement {
  name: 'a' | 'area';
  /** Of its start tag, in UTF-16 code units. */
  offset: number;
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

const ATTRIBUTES = ['href', 'rel', 'title', 'type', 'role'] as const;
const [HREF, REL, TITLE, TYPE, ROLE] = [0, 1, 2, 3, 4] as const;

/** Deeper than this no browser goes; and no search through what is open takes long. */
const MAX_OPEN = 512;

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
 * around a link, where a table gives back what is misplaced in it, and in other rare cases. Linear time.
 * https://html.spec.whatwg.org/multipage/parsing.html#tree-construction
 */
export function scanLinks(text: string): ScannedPage | null {
  if (text.includes('\0')) return null;
  try {
    return new LinkScanner(text).scan();
  } catch (error) {
    if (error === UNDECIDED) return null;
    throw error;
  }
}

class LinkScanner {
  readonly #text: string;
  readonly #reader: TagReader;
  readonly #links: ScannedLink[] = [];
  #baseHref: string | null = null;
  /** The numbers of the open elements; `html` and `body` are below all. */
  readonly #open: number[] = [];
  /** How many of each number are open. */
  readonly #counts = new Int32Array(ELEMENT_NUMBERS.size + 1);
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

  constructor(text: string) {
    this.#text = text;
    this.#reader = new TagReader(text, ATTRIBUTES);
  }

  scan(): ScannedPage {
    const reader = this.#reader;
    for (;;) {
      const from = reader.position;
      const isTag = reader.next();
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

  /** The element opened last, -1 for `body`. */
  #current(): number {
    return this.#open.length === 0 ? -1 : (this.#open[this.#open.length - 1] ?? -1);
  }

  /** Opens the element of the tag read last. */
  #push(number: number): void {
    const traits = TRAITS[number] ?? 0;
    const role = this.#reader.value(ROLE);
    if (role !== null || (traits & TRAIT.landmark) !== 0) {
      const landmark = landmarkOf(this.#reader.name, role);
      // A formatting element may be made again, and be the landmark of what follows.
      if (landmark !== null && (traits & TRAIT.formatting) !== 0) throw UNDECIDED;
      if (landmark !== null) this.#landmarks.push({ depth: this.#open.length, landmark });
    }
    if ((traits & TRAIT.heading) !== 0) {
      this.#heading = { text: '' };
      this.#collectors.push({ depth: this.#open.length, of: this.#heading, from: this.#pieces.length });
    }
    this.#pushImplied(number);
  }

  #pushImplied(number: number): void {
    if (this.#open.length >= MAX_OPEN) throw UNDECIDED;
    this.#open.push(number);
    if (number < ELEMENT_NUMBERS.size) this.#counts[number] = (this.#counts[number] ?? 0) + 1;
  }

  #isOpen(number: number): boolean {
    return (this.#counts[number] ?? 0) > 0;
  }

  /**
   * Closes all but the first `depth` elements. A link that does not end with its own end tag is made again behind what closed it, unless
   * the list of active formatting elements is cleared.
   */
  #popTo(depth: number, isCleared: boolean): void {
    while (this.#open.length > depth) {
      const number = this.#open.pop() ?? -1;
      this.#closeLandmark();
      if (number >= ELEMENT_NUMBERS.size) continue;
      this.#counts[number] = (this.#counts[number] ?? 0) - 1;
      if (number === A) {
        if (!isCleared) throw UNDECIDED;
        this.#endCollector();
      } else if (((TRAITS[number] ?? 0) & TRAIT.heading) !== 0) {
        this.#endCollector();
      } else if (!isCleared && ((TRAITS[number] ?? 0) & TRAIT.formatting) !== 0) {
        this.#madeAgain.add(number);
      }
    }
  }

  /** Where the standard looks at the current node: it may be a formatting element that was made again. */
  #popCurrent(): void {
    if (this.#madeAgain.size > 0) throw UNDECIDED;
    this.#popTo(this.#open.length - 1, false);
  }

  #closeLandmark(): void {
    if ((this.#landmarks.at(-1)?.depth ?? -1) >= this.#open.length) this.#landmarks.pop();
  }

  /** What was open at this place is closed. */
  #endCollector(): void {
    const collector = this.#collectors.at(-1);
    // An `a` without `href` is none.
    if (collector?.depth !== this.#open.length) return;
    this.#collectors.pop();
    collector.of.text = stripAndCollapseAsciiWhitespace(this.#pieces.slice(collector.from).join(''));
    if (this.#collectors.length === 0) this.#pieces = [];
  }

  #characters(from: number, to: number): void {
    if (this.#collectors.length > 0) {
      if (this.#isTableContext(this.#current()) && !isBlank(this.#text, from, to)) throw UNDECIDED;
      this.#pieces.push(characters(this.#text.slice(from, to), true));
    } else if ((this.#isInHead || this.#isInHeadNoscript) && !isBlank(this.#text, from, to)) {
      this.#leaveHead();
    }
  }

  #leaveHead(): void {
    if (this.#isInHeadNoscript) this.#popTo(0, false);
    this.#isInHeadNoscript = this.#isInHead = false;
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#has-an-element-in-scope; the place of the element, or -1. */
  #inScope(number: number, more = 0): number {
    if (!this.#isOpen(number)) return -1;
    for (let index = this.#open.length - 1; index >= 0; index--) {
      const open = this.#open[index] ?? -1;
      if (open === number) return index;
      const traits = TRAITS[open] ?? 0;
      if ((traits & (TRAIT.scope | more)) !== 0) return -1;
    }
    return -1;
  }

  #inButtonScope(number: number): number {
    if (!this.#isOpen(number)) return -1;
    for (let index = this.#open.length - 1; index >= 0; index--) {
      const open = this.#open[index] ?? -1;
      if (open === number) return index;
      if (open === BUTTON || ((TRAITS[open] ?? 0) & TRAIT.scope) !== 0) return -1;
    }
    return -1;
  }

  /** The innermost `td`, `th`, `caption` or `table`, or -1. */
  #tablePlace(): number {
    for (let index = this.#open.length - 1; index >= 0; index--) {
      const open = this.#open[index] ?? -1;
      if (open === TABLE || open === CAPTION || ((TRAITS[open] ?? 0) & TRAIT.cell) !== 0) return index;
    }
    return -1;
  }

  #isTableContext(number: number): boolean {
    return number === TABLE || number === TR || number === COLGROUP || ((TRAITS[number] ?? 0) & TRAIT.tableBody) !== 0;
  }

  #closeP(): void {
    const index = this.#inButtonScope(P);
    if (index !== -1) this.#popTo(index, false);
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#generate-implied-end-tags */
  #closeImplied(except: number): void {
    for (let number = this.#current(); number !== -1; number = this.#current()) {
      if (number === except || ((TRAITS[number] ?? 0) & TRAIT.implied) === 0) return;
      this.#popTo(this.#open.length - 1, false);
    }
  }

  /** Closes a cell, a caption or what else ends a list of active formatting elements. */
  #closeMarker(index: number): void {
    for (let inner = this.#open.length - 1; inner > index; inner--) {
      if (((TRAITS[this.#open[inner] ?? -1] ?? 0) & TRAIT.marker) !== 0) throw UNDECIDED;
    }
    this.#popTo(index, true);
  }

  #startTag(number: number): void {
    const traits = TRAITS[number] ?? 0;
    if (number === FRAMESET || number === PLAINTEXT || number === MATH) throw UNDECIDED;
    if (this.#isInHeadNoscript) this.#startInHeadNoscript(number, traits);
    if (this.#isInHead && (traits & TRAIT.metadata) === 0 && number !== NOSCRIPT && number !== HEAD && number !== HTML)
      this.#isInHead = false;
    if (this.#isOpen(SELECT)) this.#startInSelect(number);
    else if (this.#isTableContext(this.#current())) this.#startInTable(number, traits);
    else this.#startInBody(number, traits);
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inheadnoscript */
  #startInHeadNoscript(number: number, traits: number): void {
    if ((traits & TRAIT.metadata) !== 0 || number === NOSCRIPT || number === HEAD) {
      // These end it, too, but stay in the head.
      if (number === BASE || number === SCRIPT || number === TEMPLATE || (traits & TRAIT.escapableRawText) !== 0) {
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
      if (this.#current() === OPTION) this.#popTo(this.#open.length - 1, false);
      if (number !== OPTION && this.#current() === OPTGROUP) this.#popTo(this.#open.length - 1, false);
      if (number !== HR) this.#push(number);
    } else if (number === SCRIPT) {
      this.#passRawText();
    } else {
      throw UNDECIDED;
    }
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-intable, and the modes after it. */
  #startInTable(number: number, traits: number): void {
    const current = this.#current();
    const isCell = (traits & TRAIT.cell) !== 0;
    if (current === COLGROUP) {
      if (number === COL) return;
      if (number === TEMPLATE) {
        this.#passTemplate();
        return;
      }
      if (number === HTML) return;
      this.#popTo(this.#open.length - 1, false);
      this.#startInTable(number, traits);
    } else if (number === SCRIPT || number === TEMPLATE || number === STYLE) {
      this.#startInBody(number, traits);
    } else if (number === INPUT) {
      if ((this.#reader.value(TYPE) ?? '').toLowerCase() !== 'hidden') throw UNDECIDED;
    } else if (number === FORM) {
      this.#hasForm = true;
    } else if (current === TR) {
      if (isCell) this.#push(number);
      else if ((traits & TRAIT.tablePart) !== 0 || number === TABLE) this.#closeAndStart(number, traits);
      else throw UNDECIDED;
    } else if ((TRAITS[current] ?? 0) & TRAIT.tableBody) {
      if (number === TR) this.#push(TR);
      else if (isCell) {
        this.#pushImplied(TR);
        this.#push(number);
      } else if ((traits & TRAIT.tablePart) !== 0 || number === TABLE) this.#closeAndStart(number, traits);
      else throw UNDECIDED;
    } else if (isCell || number === TR) {
      this.#pushImplied(TBODY);
      this.#startInTable(number, traits);
    } else if (number === COL) {
      this.#pushImplied(COLGROUP);
    } else if (number === TABLE) {
      this.#popTo(this.#open.length - 1, false);
      this.#startTag(number);
    } else if ((traits & TRAIT.tableBody) !== 0 || number === CAPTION || number === COLGROUP) {
      this.#push(number);
    } else {
      throw UNDECIDED;
    }
  }

  #closeAndStart(number: number, traits: number): void {
    this.#popTo(this.#open.length - 1, false);
    this.#startInTable(number, traits);
  }

  #startInBody(number: number, traits: number): void {
    if (number === A) {
      this.#startLink();
    } else if ((traits & (TRAIT.rawText | TRAIT.escapableRawText)) !== 0) {
      if (number === XMP) this.#closeP();
      this.#passRawText();
    } else if ((traits & TRAIT.void) !== 0) {
      if (number === HR) this.#closeP();
      else if (number === AREA) this.#addLink('area');
      else if (number === BASE) this.#baseHref ??= this.#reader.value(HREF);
      else if (number === COL) this.#startTablePart(number, traits);
    } else if ((traits & TRAIT.tablePart) !== 0) {
      this.#startTablePart(number, traits);
    } else if ((traits & TRAIT.formatting) !== 0) {
      if (number === NOBR) this.#startNobr();
      this.#push(number);
    } else if ((traits & TRAIT.block) !== 0 || number === P) {
      this.#closeP();
      this.#push(number);
      if ((number === PRE || number === LISTING) && this.#collectors.length > 0)
        this.#reader.position = this.#behindNewline(this.#reader.position);
    } else if ((traits & TRAIT.heading) !== 0) {
      this.#closeP();
      if (((TRAITS[this.#current()] ?? 0) & TRAIT.heading) !== 0) this.#popCurrent();
      this.#push(number);
    } else {
      this.#startOther(number);
    }
  }

  /** A `nobr` ends the one before, which may have been made again around or in a link. */
  #startNobr(): void {
    if (this.#hadNobr && (this.#isOpen(NOBR) || this.#isOpen(A))) throw UNDECIDED;
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
        if (!this.#reader.isSelfClosing) this.#passSvg(this.#collectors.length > 0);
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
        const open = this.#inScope(BUTTON);
        if (open !== -1) this.#popTo(open, false);
        break;
      }
      case TABLE:
        // Whether a table closes a paragraph depends on the document's mode.
        if (this.#inButtonScope(P) !== -1) {
          if (!NO_QUIRKS.test(this.#text)) throw UNDECIDED;
          this.#closeP();
        }
        break;
      case OPTION:
      case OPTGROUP:
        if (this.#current() === OPTION) this.#popCurrent();
        break;
      case RB:
      case RTC:
      case RP:
      case RT:
        if (this.#inScope(RUBY) === -1) break;
        if (this.#madeAgain.size > 0) throw UNDECIDED;
        this.#closeImplied(number === RP || number === RT ? RTC : -1);
        break;
    }
    this.#push(number);
  }

  #startItem(number: number, other: number): void {
    for (let index = this.#open.length - 1; index >= 0; index--) {
      const open = this.#open[index] ?? -1;
      if (open === number || open === other) {
        this.#closeImplied(open);
        this.#popTo(index, false);
        break;
      }
      if (((TRAITS[open] ?? 0) & TRAIT.special) !== 0 && open !== ADDRESS && open !== DIV && open !== P) break;
    }
    this.#closeP();
  }

  /** In a cell or a caption it closes that; elsewhere it is passed over. */
  #startTablePart(number: number, traits: number): void {
    const index = this.#tablePlace();
    if (index === -1) return;
    this.#closeMarker(index);
    this.#startInTable(number, traits);
  }

  #startLink(): void {
    for (let index = this.#open.length - 1; index >= 0; index--) {
      const open = this.#open[index] ?? -1;
      const traits = TRAITS[open] ?? 0;
      if (open === A) {
        this.#closeFormatting(index);
        break;
      }
      if ((traits & TRAIT.marker) !== 0) break;
      if ((traits & TRAIT.special) !== 0 && this.#isOpen(A)) {
        if (this.#reachesLink(index)) throw UNDECIDED;
        break;
      }
    }
    const link = this.#addLink('a');
    if (link !== null) this.#collectors.push({ depth: this.#open.length, of: link, from: this.#pieces.length });
    this.#push(A);
  }

  /** Whether a link is open below this place that the list of active formatting elements still tells of. */
  #reachesLink(from: number): boolean {
    for (let index = from; index >= 0; index--) {
      const open = this.#open[index] ?? -1;
      if (open === A) return true;
      if (((TRAITS[open] ?? 0) & TRAIT.marker) !== 0) return false;
    }
    return false;
  }

  /** Null for one without `href`, which is none. */
  #addLink(element: 'a' | 'area'): ScannedLink | null {
    const href = this.#reader.value(HREF);
    if (href === null) return null;
    const landmarks = this.#landmarks;
    const link: ScannedLink = {
      name: element,
      offset: this.#reader.start,
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
    const { name, position } = this.#reader;
    const end = this.#reader.passRawText(name);
    if (this.#collectors.length === 0) return;
    const isEscapable = name === 'title' || name === 'textarea';
    const from = name === 'textarea' ? this.#behindNewline(position) : position;
    this.#pieces.push(characters(this.#text.slice(from, end), isEscapable));
  }

  /** A newline right behind the start tag of these does not count. */
  #behindNewline(position: number): number {
    if (this.#text.startsWith('&', position)) throw UNDECIDED;
    if (this.#text.startsWith('\r\n', position)) return position + 2;
    return this.#text.startsWith('\n', position) || this.#text.startsWith('\r', position) ? position + 1 : position;
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
        else if (((TRAITS[number] ?? 0) & TRAIT.marker) !== 0 && markers.pop() !== number) throw UNDECIDED;
        continue;
      }
      if (number === FRAMESET || number === PLAINTEXT || number === MATH) throw UNDECIDED;
      // Parts of a table without one make of the template's content what only a tree follows.
      if (((TRAITS[number] ?? 0) & TRAIT.tablePart) !== 0 && tables <= 0) throw UNDECIDED;
      if (number === TEMPLATE) depth++;
      else if (number === TABLE) tables++;
      else if (number === SELECT) hasSelect = true;
      else if (number === SVG && !reader.isSelfClosing) this.#passSvg(false);
      else if (((TRAITS[number] ?? 0) & (TRAIT.rawText | TRAIT.escapableRawText)) !== 0) {
        if (hasSelect && number !== SCRIPT) throw UNDECIDED;
        reader.passRawText(reader.name);
      } else if (((TRAITS[number] ?? 0) & TRAIT.marker) !== 0) {
        markers.push(number);
      }
    }
    if (markers.length > 0) throw UNDECIDED;
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign */
  #passSvg(collects: boolean): void {
    const reader = this.#reader;
    const open = ['svg'];
    while (open.length > 0) {
      const from = reader.position;
      const isTag = reader.next();
      if (collects && reader.start > from) this.#pieces.push(characters(this.#text.slice(from, reader.start), true));
      if (isTag === null) return;
      if (!isTag) {
        const section = reader.cdata();
        if (section !== null && collects) {
          this.#pieces.push(characters(this.#text.slice(section.from, section.to), false));
        }
        continue;
      }
      const { name } = reader;
      // In a title or a description is HTML, or text alone.
      const isTextAlone = TEXT_IN_SVG.has(open.at(-1) ?? '');
      if (reader.isEndTag) {
        if (open.pop() !== name) throw UNDECIDED;
      } else if (isTextAlone || UNDECIDED_IN_SVG.has(name) || ((TRAITS[reader.number] ?? 0) & TRAIT.breakout) !== 0) {
        throw UNDECIDED;
      } else if (!reader.isSelfClosing) {
        if (open.length >= MAX_OPEN) throw UNDECIDED;
        open.push(name);
      }
    }
  }

  #endTag(number: number): void {
    const traits = TRAITS[number] ?? 0;
    if (this.#isInHeadNoscript && number === NOSCRIPT) this.#isInHeadNoscript = false;
    else if (this.#isInHeadNoscript && number !== BR) return;
    if (this.#isInHead && (number === HEAD || number === BODY || number === HTML || number === BR)) this.#leaveHead();
    if (this.#isOpen(SELECT)) this.#endInSelect(number);
    else if (number === HTML || number === BODY || number === HEAD || number === TEMPLATE) return;
    else if (this.#isTableContext(this.#current())) this.#endInTable(number, traits);
    else if ((traits & TRAIT.tablePart) !== 0 || number === TABLE) this.#endTablePart(number, traits);
    else this.#endInBody(number, traits);
  }

  #endInSelect(number: number): void {
    const current = this.#current();
    if (number === OPTION) {
      if (current === OPTION) this.#popTo(this.#open.length - 1, false);
    } else if (number === OPTGROUP) {
      if (current === OPTION && this.#open[this.#open.length - 2] === OPTGROUP) this.#popTo(this.#open.length - 1, false);
      if (this.#current() === OPTGROUP) this.#popTo(this.#open.length - 1, false);
    } else if (number === SELECT) {
      this.#popTo(this.#open.lastIndexOf(SELECT), false);
    } else {
      throw UNDECIDED;
    }
  }

  #endInTable(number: number, traits: number): void {
    const current = this.#current();
    const up = this.#open.length - 1;
    if (number === current) {
      this.#popTo(up, false);
    } else if (number === FORM) {
      this.#hasForm = false;
    } else if (number === TABLE) {
      this.#popTo(up, false);
      this.#endInTable(number, traits);
    } else if ((traits & TRAIT.tableBody) !== 0 && current === TR && this.#open[up - 1] === number) {
      this.#popTo(up - 1, false);
    } else if (current === COLGROUP && number !== COL) {
      this.#popTo(up, false);
      this.#endInTable(number, traits);
    }
  }

  /** Of a part of a table, or a table, while something is open in a cell or a caption. */
  #endTablePart(number: number, traits: number): void {
    const index = this.#tablePlace();
    if (index === -1) return;
    const place = this.#open[index] ?? -1;
    if (number === place) {
      this.#closeMarker(index);
      return;
    }
    if ((traits & TRAIT.cell) !== 0 || number === CAPTION || number === COL || number === COLGROUP) return;
    // It closes the cell where that is in such a part.
    for (let outer = index - 1; outer >= 0; outer--) {
      const open = this.#open[outer] ?? -1;
      if (open === number && (place !== CAPTION || number === TABLE)) {
        this.#closeMarker(index);
        this.#endInTable(number, traits);
        return;
      }
      if (open === TABLE) return;
    }
  }

  #endInBody(number: number, traits: number): void {
    if ((traits & TRAIT.formatting) !== 0) {
      this.#endFormatting(number);
    } else if ((traits & TRAIT.block) !== 0 || number === BUTTON) {
      const index = this.#inScope(number);
      if (index === -1) return;
      this.#closeImplied(-1);
      this.#popTo(index, false);
    } else if ((traits & TRAIT.heading) !== 0) {
      this.#endHeading();
    } else if ((traits & TRAIT.marker) !== 0) {
      const index = this.#inScope(number);
      if (index !== -1) this.#closeMarker(index);
    } else if (number === P) {
      this.#closeP();
    } else if (number === LI || number === DD || number === DT) {
      const index = this.#inScope(number, number === LI ? TRAIT.listScope : 0);
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
    for (let index = this.#open.length - 1; index >= 0; index--) {
      const traits = TRAITS[this.#open[index] ?? -1] ?? 0;
      if ((traits & TRAIT.heading) !== 0) {
        this.#closeImplied(-1);
        this.#popTo(index, false);
        return;
      }
      if ((traits & TRAIT.scope) !== 0) return;
    }
  }

  #endForm(): void {
    const hasForm = this.#hasForm;
    this.#hasForm = false;
    const index = hasForm ? this.#inScope(FORM) : -1;
    if (index === -1) return;
    this.#closeImplied(-1);
    const place = this.#open.lastIndexOf(FORM);
    if (place === this.#open.length - 1 && this.#madeAgain.size > 0) throw UNDECIDED;
    // What is open in it stays open.
    for (const inner of [...this.#collectors, ...this.#landmarks]) if (inner.depth > place) inner.depth--;
    this.#open.splice(place, 1);
    this.#closeLandmark();
    this.#counts[FORM] = (this.#counts[FORM] ?? 0) - 1;
  }

  /** https://html.spec.whatwg.org/multipage/parsing.html#adoption-agency-algorithm, as far as nothing is adopted. */
  #endFormatting(number: number): void {
    if (this.#madeAgain.has(number)) throw UNDECIDED;
    let isAdopted = false;
    for (let index = this.#open.length - 1; index >= 0; index--) {
      const open = this.#open[index] ?? -1;
      const traits = TRAITS[open] ?? 0;
      if (open === number) {
        if (isAdopted) throw UNDECIDED;
        this.#closeFormatting(index);
        return;
      }
      if ((traits & TRAIT.scope) !== 0) break;
      isAdopted ||= (traits & TRAIT.special) !== 0 || open === A;
    }
    // An element that has been closed may have been made again, around an open link or in it.
    if (number !== A && this.#isOpen(A)) throw UNDECIDED;
  }

  /** The formatting elements that are open in it are made again behind it. */
  #closeFormatting(index: number): void {
    for (let inner = index + 1; inner < this.#open.length; inner++) {
      const open = this.#open[inner] ?? -1;
      if (((TRAITS[open] ?? 0) & TRAIT.formatting) !== 0) this.#madeAgain.add(open);
    }
    this.#popTo(index, true);
  }

  /** "Any other end tag." */
  #endOther(number: number): void {
    for (let index = this.#open.length - 1; index >= 0; index--) {
      const open = this.#open[index] ?? -1;
      if (open === number) {
        this.#closeImplied(number);
        this.#popTo(index, false);
        return;
      }
      if (((TRAITS[open] ?? 0) & TRAIT.special) !== 0) return;
    }
  }
}

const NO_QUIRKS = /^\s*<!doctype\s+html\s*>/i;

const TEXT_IN_SVG: ReadonlySet<string> = new Set(['title', 'desc', 'style']);
const UNDECIDED_IN_SVG: ReadonlySet<string> = new Set(['a', 'area', 'script', 'foreignobject', 'math', 'svg', 'template']);

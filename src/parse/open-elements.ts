import { ELEMENT_NUMBERS, hasTrait, TRAIT } from './element-names.ts';

/**
 * The elements that are open, by their numbers, outermost first; `html` and `body` are below all and not among them.
 * https://html.spec.whatwg.org/multipage/parsing.html#the-stack-of-open-elements
 */
export class OpenElements {
  readonly #numbers: number[] = [];
  /** How many of each number are open; of names that parsing does not know it is not asked. */
  readonly #counts = new Int32Array(ELEMENT_NUMBERS.size);

  get depth(): number {
    return this.#numbers.length;
  }

  /** The element opened last, -1 for `body`. */
  get current(): number {
    return this.at(this.#numbers.length - 1);
  }

  /** The element at a place, -1 for none. */
  at(place: number): number {
    return place < 0 ? -1 : (this.#numbers[place] ?? -1);
  }

  has(number: number): boolean {
    return (this.#counts[number] ?? 0) > 0;
  }

  push(number: number): void {
    this.#numbers.push(number);
    this.#count(number, 1);
  }

  /** Closes the element opened last, and tells which it was. */
  pop(): number {
    const number = this.#numbers.pop() ?? -1;
    this.#count(number, -1);
    return number;
  }

  /** Closes an element, and not those that are open in it. */
  remove(place: number): void {
    for (const number of this.#numbers.splice(place, 1)) this.#count(number, -1);
  }

  /** The place of the innermost element of this number, or -1. */
  placeOf(number: number): number {
    return this.has(number) ? this.#numbers.lastIndexOf(number) : -1;
  }

  /**
   * The place of an element in scope, or -1; `more` are the traits where the scope stops besides.
   * https://html.spec.whatwg.org/multipage/parsing.html#has-an-element-in-scope
   */
  inScope(number: number, more = 0): number {
    if (!this.has(number)) return -1;
    const bounds = TRAIT.scope | more;
    for (let place = this.#numbers.length - 1; place >= 0; place--) {
      const open = this.at(place);
      if (open === number) return place;
      if (hasTrait(open, bounds)) return -1;
    }
    return -1;
  }

  #count(number: number, change: number): void {
    if (number < this.#counts.length) this.#counts[number] = (this.#counts[number] ?? 0) + change;
  }
}

import { isAscii } from 'node:buffer';
import { createPositions, type SourcePosition } from './source-position.ts';

/** A text as a scan of markup reads it. Places in it are those of `units`. */
export interface SourceText {
  /** All that is ASCII in the text as it is, and between that one unit or more for each other character. */
  readonly units: string;
  /** The characters between two places, neither of which is within a character. */
  slice(from: number, to: number): string;
  /** Where a place is in the text. Takes the time of going there from the place asked for before it, if that is not behind. */
  position(place: number): SourcePosition;
}

/** The places of a string are its code units. */
export class StringText implements SourceText {
  readonly units: string;
  #positions: ((offset: number) => SourcePosition) | undefined;

  constructor(text: string) {
    this.units = text;
  }

  slice(from: number, to: number): string {
    return this.units.slice(from, to);
  }

  position(place: number): SourcePosition {
    return (this.#positions ??= createPositions(this.units))(place);
  }
}

/**
 * The places of UTF-8 are its bytes: of a page that is mostly markup few are decoded. The bytes are valid, and without byte order mark.
 */
export class Utf8Text implements SourceText {
  readonly units: string;
  readonly #bytes: Buffer;
  /** Each byte is a character. */
  readonly #isAscii: boolean;
  // What was asked for last: its place, and what lies before it.
  #place = 0;
  #codeUnits = 0;
  #line = 1;
  #lineStart = 0;
  /** Code units before the line. */
  #beforeLine = 0;
  #nextFeed = -1;
  #nextReturn = -1;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.units = bytes.toString('latin1');
    this.#isAscii = isAscii(bytes);
  }

  slice(from: number, to: number): string {
    const units = this.units.slice(from, to);
    return this.#isAscii || !NOT_ASCII.test(units) ? units : this.#bytes.toString('utf8', from, to);
  }

  position(place: number): SourcePosition {
    if (place < this.#place) this.#restart();
    let start = this.#lineStart;
    for (let next = this.#nextLine(start); next <= place; next = this.#nextLine(start)) {
      start = next;
      this.#line++;
    }
    if (start !== this.#lineStart) {
      this.#lineStart = start;
      this.#beforeLine = this.#codeUnitsBefore(start);
    }
    const offset = this.#codeUnitsBefore(place);
    return { line: this.#line, column: offset - this.#beforeLine + 1, offset };
  }

  #restart(): void {
    this.#place = this.#codeUnits = this.#lineStart = this.#beforeLine = 0;
    this.#line = 1;
    this.#nextFeed = this.#nextReturn = -1;
  }

  /** Where the line behind this one begins. */
  #nextLine(start: number): number {
    const { units } = this;
    if (this.#nextFeed < start) this.#nextFeed = placeOf(units, '\n', start);
    if (this.#nextReturn < start) this.#nextReturn = placeOf(units, '\r', start);
    const first = Math.min(this.#nextFeed, this.#nextReturn);
    return first === this.#nextReturn && this.#nextFeed === first + 1 ? first + 2 : first + 1;
  }

  /** Goes on to a place. */
  #codeUnitsBefore(place: number): number {
    const from = this.#place;
    if (this.#isAscii) this.#codeUnits = place;
    else if (place > from) {
      this.#codeUnits += isAscii(this.#bytes.subarray(from, place)) ? place - from : this.#bytes.toString('utf8', from, place).length;
    }
    this.#place = place;
    return this.#codeUnits;
  }
}

const NOT_ASCII = /[\x80-\xff]/;

function placeOf(units: string, mark: string, from: number): number {
  const place = units.indexOf(mark, from);
  return place === -1 ? Infinity : place;
}

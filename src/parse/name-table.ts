const SLOTS = 1 << 12;
/** Longer names are rare, and not kept. */
const LONGEST = 32;

/** Names that documents repeat, as one string each, found by their characters without a new string for each tag. Holds no text of a document. */
export class NameTable<Value> {
  readonly #names = new Array<string>(SLOTS).fill('');
  readonly #values: (Value | undefined)[] = new Array<Value | undefined>(SLOTS).fill(undefined);
  readonly #valueOf: (name: string) => Value;

  /** @param valueOf - what a name, in ASCII lower case and with U+FFFD for NUL, stands for */
  constructor(valueOf: (name: string) => Value) {
    this.#valueOf = valueOf;
  }

  /** What the name that stands in a text stands for. `hash` is any number that the name's characters, in lower case, always give. */
  get(text: string, from: number, to: number, hash: number): Value {
    const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
    if (isSame(this.#names[slot] ?? '', text, from, to)) {
      const value = this.#values[slot];
      if (value !== undefined) return value;
    }
    // As the key of an object a name becomes a string of its own, which does not keep the text that it was cut from.
    const [name = ''] = Object.keys({ [nameAt(text, from, to)]: null });
    const value = this.#valueOf(name);
    if (to - from <= LONGEST) {
      this.#names[slot] = name;
      this.#values[slot] = value;
    }
    return value;
  }
}

function isSame(name: string, text: string, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let index = 0; index < name.length; index++) {
    const code = text.charCodeAt(from + index);
    if (name.charCodeAt(index) !== (code >= 0x41 && code <= 0x5a ? code | 0x20 : code)) return false;
  }
  return true;
}

/** https://html.spec.whatwg.org/multipage/parsing.html#tag-name-state */
function nameAt(text: string, from: number, to: number): string {
  const name = text.slice(from, to).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return name.includes('\0') ? name.replaceAll('\0', '\uFFFD') : name;
}

import { Readable } from 'node:stream';

/** Bytes that wait for a slow reader before what is old is left out. */
const MOST_WAITING = 16 * 1024;

/**
 * Events as they go over the wire. https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 *
 * Who reads slowly is told the latest: whatever the one that writes has to say, little more than {@link MOST_WAITING} waits.
 */
export class EventStream extends Readable {
  #isFull = false;
  #latest: string | null = null;

  constructor() {
    super({ highWaterMark: MOST_WAITING });
  }

  /** Tells where something stands; left out where the next one comes before there was room for it. */
  tell(event: string, json: string): void {
    if (this.destroyed) return;
    const text = eventText(event, json);
    if (this.#isFull) this.#latest = text;
    else this.#isFull = !this.push(text);
  }

  /** Tells the last thing, whatever its size, and ends. `json` is of one line. */
  finish(event: string, json: string | Buffer): void {
    if (this.destroyed) return;
    if (this.#latest !== null) this.push(this.#latest);
    this.#latest = null;
    this.push(`event: ${event}\ndata: `);
    this.push(json);
    this.push('\n\n');
    this.push(null);
  }

  override _read(): void {
    this.#isFull = false;
    if (this.#latest === null) return;
    const latest = this.#latest;
    this.#latest = null;
    this.#isFull = !this.push(latest);
  }
}

const eventText = (event: string, json: string): string => `event: ${event}\ndata: ${json}\n\n`;

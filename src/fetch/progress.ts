import type { Progress } from './fetch.model.ts';

/** A phase of an exchange, as `timings` names it. */
export type LivePhase = Progress['phase'];

/** Who hears where a retrieval stands. */
export type ProgressListener = (progress: Progress) => void;

/** Bytes that come are told of ten times a second, in milliseconds. */
const EVERY_MS = 100;

/** The phases that there are only once the guard has let an exchange pass. */
const ADMITTED: ReadonlySet<LivePhase> = new Set(['tcp', 'tls', 'request', 'firstByte', 'download']);

/**
 * Where one retrieval stands, told to whoever listens. It is kept up to date for all, since somebody may come to listen
 * later, and told, which costs more, where somebody does.
 */
export class RetrievalProgress {
  #listeners: Set<ProgressListener> | null = null;
  #startedAt = 0;
  #exchange = 0;
  #url: URL | null = null;
  #isAdmitted = false;
  #phase: LivePhase = 'wait';
  #status: number | null = null;
  #bytes = 0;
  #expectedBytes: number | null = null;
  #toldAt = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Somebody listens. */
  get isHeard(): boolean {
    return this.#listeners !== null;
  }

  /** Tells a listener from now on, and of where it stands; gives back how to stop. */
  hear(listener: ProgressListener): () => void {
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
    if (this.#exchange > 0) listener(this.#now());
    return () => {
      this.#listeners?.delete(listener);
      if (this.#listeners?.size !== 0) return;
      this.#listeners = null;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  /** The next exchange begins, and waits for a connection. */
  begin(url: URL): void {
    if (this.#exchange === 0) this.#startedAt = performance.now();
    this.#exchange += 1;
    this.#url = url;
    // Where the caller's own URL leads is no secret; where a redirect leads may be one, until it is admitted.
    this.#isAdmitted = this.#exchange === 1;
    this.#status = null;
    this.#bytes = 0;
    this.#expectedBytes = null;
    this.#phase = 'wait';
    this.#tell();
  }

  /** The exchange goes on to a phase. */
  enter(phase: LivePhase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#isAdmitted ||= ADMITTED.has(phase);
    this.#tell();
  }

  /** The head of the response is there; `expectedBytes` of content are to come, null where that is not said. */
  respond(status: number, expectedBytes: number | null): void {
    this.#status = status;
    this.#expectedBytes = expectedBytes;
    this.#phase = 'download';
    this.#tell();
  }

  /** So many bytes of the content have come, as coded. */
  receive(bytes: number): void {
    this.#bytes = bytes;
    if (this.#listeners === null || this.#timer !== undefined) return;
    const waitMs = EVERY_MS - (performance.now() - this.#toldAt);
    if (waitMs <= 0) this.#tell();
    else
      this.#timer = setTimeout(() => {
        this.#tell();
      }, waitMs).unref();
  }

  /** The exchange has ended: what came last is told. */
  end(): void {
    if (this.#timer !== undefined) this.#tell();
  }

  #tell(): void {
    if (this.#listeners === null) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#toldAt = performance.now();
    const progress = this.#now();
    for (const listener of this.#listeners) listener(progress);
  }

  #now(): Progress {
    return {
      exchange: this.#exchange,
      url: this.#isAdmitted ? (this.#url?.href ?? null) : null,
      phase: this.#phase,
      atMs: Math.round((performance.now() - this.#startedAt) * 1000) / 1000,
      status: this.#status,
      bytes: this.#bytes,
      expectedBytes: this.#expectedBytes,
    };
  }
}

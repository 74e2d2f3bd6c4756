import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between two looks at the clock, which are what a loop without delay takes. */
const RESOLUTION_MS = 10;
/** Milliseconds over which the delay is averaged. */
const SAMPLE_MS = 250;

/** Watches how late the event loop is: late twice in a row is too much to do, and once is a single large answer. */
export class LoopDelay {
  readonly #maxMs: number;
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #timer: NodeJS.Timeout | undefined;
  #lateSamples = 0;

  /** @param maxMs - the average delay from which on it is late; 0 for never */
  constructor(maxMs: number) {
    this.#maxMs = maxMs;
  }

  /** True while it has been late for a while. */
  get isLate(): boolean {
    return this.#lateSamples > 1;
  }

  /** Begins to watch: once the process has started, which makes it late by itself. */
  start(): void {
    if (this.#maxMs === 0) return;
    this.#histogram.enable();
    this.#timer = setInterval(() => {
      const delayMs = this.#histogram.mean / 1e6 - RESOLUTION_MS;
      this.#histogram.reset();
      this.#lateSamples = delayMs > this.#maxMs ? this.#lateSamples + 1 : 0;
    }, SAMPLE_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#histogram.disable();
  }
}

/** Whether this process takes new work: not any more from the moment it is told to stop. */
export class Readiness {
  #stoppedAt: number | null = null;

  get isReady(): boolean {
    return this.#stoppedAt === null;
  }

  /** When it was told to stop, by `performance.now()`; null before. */
  get stoppedAt(): number | null {
    return this.#stoppedAt;
  }

  stop(): void {
    this.#stoppedAt ??= performance.now();
  }
}

/** The methods under which a path is asked for here, also where its pattern has parameters: `/snapshots/:id.har`. */
export class KnownRoutes {
  readonly #patterns: { method: string; pattern: RegExp }[] = [];

  /** Notes a route as it is declared. */
  add(method: string | readonly string[], url: string): void {
    const source = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+');
    const pattern = new RegExp(`^${source}$`);
    for (const each of [method].flat()) this.#patterns.push({ method: each, pattern });
  }

  /** Methods that a path takes, in the order of their declaration; none where there is no such path. */
  methodsOf(path: string): string[] {
    return [...new Set(this.#patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))];
  }
}

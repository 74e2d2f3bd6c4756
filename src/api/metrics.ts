import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Colleagues } from '../workers/colleagues.ts';
import type { ByteBudget } from './byte-budget.ts';
import { isProblemError, type ProblemCode } from './problem.ts';
import { CallerGone } from './under-way.ts';

/** Methods that are told apart; a caller may send any word. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']);
/** Phases of an exchange whose durations are told. */
const PHASES = ['dns', 'tcp', 'tls', 'firstByte', 'download', 'total'] as const;
const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Memory, descriptors, collections and event-loop delay: of the process, however many applications a test starts in it. */
let ofProcess: Registry | null = null;

function processRegistry(): Registry {
  if (ofProcess === null) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
    // They ask Node.js by a private way that ends the process when a handle is just being freed.
    for (const what of ['handles', 'requests', 'resources']) {
      for (const name of [`nodejs_active_${what}`, `nodejs_active_${what}_total`]) ofProcess.removeSingleMetric(name);
    }
  }
  return ofProcess;
}

/** What one process counts, as it travels to another. */
type Counted = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** What is counted of a snapshot. */
interface CountedSnapshot {
  /** A stored one did not take place for it. */
  exchanges: readonly { stored: boolean; timings: Readonly<Record<(typeof PHASES)[number], number | null>> }[];
  wire: readonly { request: Uint8Array; response: Uint8Array }[];
}

/** Places, and those who wait for them. */
interface Queue {
  readonly running: number;
  readonly waiting: number;
  readonly refused: Readonly<Record<'full' | 'late', number>>;
}

/** What is to be done by a clock. */
export interface Backlog {
  /** All of it, now or later. */
  pending: number;
  /** What should be begun by now. */
  due: number;
  /** Seconds since the first of that should have been begun. */
  lateS: number;
}

/**
 * What this server counts of itself, for Prometheus. Labels are words of ours alone, never a caller's or a target's, so that
 * there is only so much to tell. https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = this.#counter('http_requests_total', 'Requests that were answered.', ['route', 'method', 'status']);
  readonly #seconds = this.#histogram('http_request_duration_seconds', 'Time until an answer was sent.', ['route', 'method']);
  readonly #hungUp = this.#counter('http_requests_abandoned_total', 'Requests whose caller went away before the answer was sent.');
  readonly #problems = this.#counter('problems_total', 'Problems that were answered, those within a graph included.', ['code']);
  readonly #sentToCallers = this.#counter('http_sent_bytes_total', 'Bytes of answers, without their heads.');
  readonly #retrievals = this.#counter('retrievals_total', 'Retrievals that ended, by problem and the phase it came in.', [
    'outcome',
    'phase',
  ]);
  readonly #phases = this.#histogram('retrieval_phase_duration_seconds', 'Phases of exchanges with targets.', ['phase']);
  readonly #received = this.#counter('target_received_bytes_total', 'Literal bytes of responses, of retrievals that succeeded.');
  readonly #sent = this.#counter('target_sent_bytes_total', 'Literal bytes of requests, of retrievals that succeeded.');
  readonly #answers = this.#counter('cache_answers_total', 'How answers about targets came about.', ['status']);
  readonly #parseTasks = this.#counter('parse_tasks_total', 'Documents that were read, by how that ended.', ['outcome']);

  readonly #attempts = this.#counter('webhook_attempts_total', 'Attempts to tell webhooks something, by what became of them.', ['outcome']);
  readonly #runs = this.#counter('watch_runs_total', 'Looks at pages that are watched, by what they found.', ['outcome']);

  readonly #colleagues: Colleagues;
  #results: Counter | null = null;

  constructor(colleagues: Colleagues) {
    this.#colleagues = colleagues;
    this.#gauge('workers', 'Processes that answer requests.', () => 1);
    colleagues.onAsked('metrics', () => this.#counted());
  }

  /** The text that Prometheus reads, of all processes of this server together. */
  async text(): Promise<string> {
    if (this.#colleagues.own === null) return `${await this.#registry.metrics()}\n${await processRegistry().metrics()}`;
    const [own, others] = await Promise.all([this.#counted(), this.#colleagues.ask('metrics', null, null)]);
    return AggregatorRegistry.aggregate([own, ...(others as Counted[])]).metrics();
  }

  get mediaType(): string {
    return this.#registry.contentType;
  }

  /** Counts an answer that was sent. `route` is a path of ours, null where there was none. */
  countRequest(route: string | null, method: string, status: number, ms: number): void {
    const labels = { route: route ?? 'none', method: METHODS.has(method) ? method : 'other' };
    this.#requests.inc({ ...labels, status: `${String(Math.floor(status / 100))}xx` });
    this.#seconds.observe(labels, ms / 1000);
  }

  countSent(bytes: number): void {
    this.#sentToCallers.inc(bytes);
  }

  countHangUp(): void {
    this.#hungUp.inc();
  }

  countProblem(code: ProblemCode): void {
    this.#problems.inc({ code });
  }

  countAnswer({ status, coalesced }: { status: string; coalesced: boolean }): void {
    this.#answers.inc({ status: coalesced ? 'coalesced' : status });
  }

  /** Counts a retrieval that succeeded: only what took place for it. */
  countRetrieval({ exchanges, wire }: CountedSnapshot): void {
    this.#retrievals.inc({ outcome: 'ok', phase: 'none' });
    for (const [index, { stored, timings }] of exchanges.entries()) {
      if (stored) continue;
      this.#sent.inc(wire[index]?.request.byteLength ?? 0);
      this.#received.inc(wire[index]?.response.byteLength ?? 0);
      for (const phase of PHASES) {
        const ms = timings[phase];
        if (ms !== null) this.#phases.observe({ phase }, ms / 1000);
      }
    }
  }

  countFailedRetrieval(error: unknown): void {
    this.#retrievals.inc({ outcome: outcomeOf(error), phase: (isProblemError(error) ? error.phase : null) ?? 'none' });
  }

  /** `memory` and `deadline` are what ended the task; other words are those of its problem. */
  countParseTask(outcome: 'ok' | 'memory' | 'deadline' | 'failed', error?: unknown): void {
    this.#parseTasks.inc({ outcome: outcome === 'failed' ? outcomeOf(error) : outcome });
  }

  /** Tells how many wait for places and have them. */
  watchQueue(name: string, queue: Queue): void {
    this.#gauge(`${name}_running`, `Places taken for ${name}.`, () => queue.running);
    this.#gauge(`${name}_queued`, `Those who wait for a place for ${name}.`, () => queue.waiting);
    this.#counter(
      `${name}_refused_total`,
      `Those refused a place for ${name}: the queue was full, or they had waited too long.`,
      ['why'],
      (counter) => {
        counter.reset();
        for (const why of ['full', 'late'] as const) counter.inc({ why }, queue.refused[why]);
      },
    );
  }

  /** Tells what is kept. */
  watchStore(store: { readonly bytes: number; readonly entries: number }): void {
    this.#gauge('cache_bytes', 'Memory that snapshots and stored responses take.', () => store.bytes);
    this.#gauge('cache_entries', 'Snapshots that are kept.', () => store.entries);
  }

  /** Tells what requests under way hold. */
  watchBudget(budget: ByteBudget): void {
    this.#gauge('held_bytes', 'Memory that requests under way hold.', () => budget.held);
    this.#counter('held_bytes_refused_total', 'How often requests under way would have held too much.', [], (counter) => {
      counter.reset();
      counter.inc(budget.refused);
    });
  }

  /** Tells how many connections of callers are open. */
  watchConnections(connections: { readonly open: number }): void {
    this.#gauge('http_connections', 'Open connections of callers.', () => connections.open);
  }

  /** Tells how many processes read documents now. */
  watchProcesses(processes: () => number): void {
    this.#gauge('parse_processes', 'Processes that are there to read documents.', processes);
  }

  /** Tells how the database of jobs is, and how much of this process jobs take. */
  watchJobs(jobs: { databaseUp: () => number; turns: () => number; retrieving: () => number }): void {
    this.#gauge(
      'jobs_database_up',
      'How the database of jobs is: 1 where it answers, -1 where it does not, 0 where nobody needed it yet.',
      jobs.databaseUp,
    );
    this.#gauge('jobs_turns', 'Origins that this process works on for jobs.', jobs.turns);
    this.#gauge('jobs_retrieving', 'Retrievals for jobs that are under way.', jobs.retrieving);
    this.#results = this.#counter('jobs_results_total', 'What came of items of jobs.', ['outcome']);
  }

  countJobResult(outcome: 'succeeded' | 'failed'): void {
    this.#results?.inc({ outcome });
  }

  /** `again`: it failed, and is tried later; `failed`: it was the last one; `gone`: the receiver wants nothing any more. */
  countAttempt(outcome: 'delivered' | 'again' | 'failed' | 'gone'): void {
    this.#attempts.inc({ outcome });
  }

  countWatchRun(outcome: 'baseline' | 'unchanged' | 'changed' | 'failed'): void {
    this.#runs.inc({ outcome });
  }

  /** Tells what is to be done by a clock, in all processes together: each of them tells the same. Nothing while that is not known (null). */
  watchBacklog(name: string, what: string, read: () => Promise<Backlog | null>): void {
    let reading: Promise<Backlog | null> | null = null;
    // Its three gauges are asked at once: they are read together.
    const now = (): Promise<Backlog | null> => {
      reading ??= read().finally(() => {
        reading = null;
      });
      return reading;
    };
    this.#sharedGauge(`${name}_pending`, `${what} that are to be made, now or later.`, async () => (await now())?.pending);
    this.#sharedGauge(`${name}_due`, `${what} that should have begun by now.`, async () => (await now())?.due);
    this.#sharedGauge(
      `${name}_late_seconds`,
      `How late the first of the ${what} is that should have begun.`,
      async () => (await now())?.lateS,
    );
  }

  /** What this process counts. */
  async #counted(): Promise<Counted> {
    return [...(await this.#registry.getMetricsAsJSON()), ...(await processRegistry().getMetricsAsJSON())];
  }

  #counter(name: string, help: string, labelNames: string[] = [], collect?: (counter: Counter) => void): Counter {
    return new Counter({
      name: `pagewire_${name}`,
      help,
      labelNames,
      registers: [this.#registry],
      ...(collect !== undefined && {
        collect(this: Counter): void {
          collect(this);
        },
      }),
    });
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name: `pagewire_${name}`,
      help,
      registers: [this.#registry],
      collect(this: Gauge): void {
        this.set(read());
      },
    });
  }

  /** A gauge of what processes share: of several that say the same, one counts. */
  #sharedGauge(name: string, help: string, read: () => Promise<number | undefined>): void {
    new Gauge({
      name: `pagewire_${name}`,
      help,
      aggregator: 'max',
      registers: [this.#registry],
      async collect(this: Gauge): Promise<void> {
        const value = await read();
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  }

  #histogram(name: string, help: string, labelNames: string[]): Histogram {
    return new Histogram({ name: `pagewire_${name}`, help, labelNames, buckets: SECONDS, registers: [this.#registry] });
  }
}

function outcomeOf(error: unknown): string {
  return isProblemError(error) ? error.code : error instanceof CallerGone ? 'cancelled' : 'INTERNAL';
}

import { type FunctionDefinition, Instance, type InvocationResult } from './instance.ts';
import { Metrics } from './metrics.ts';
import type { Report } from './services.ts';

/** A line that a function wrote to its standard output or error. */
export interface LogLine {
  readonly at: string;
  readonly function: string;
  readonly line: string;
}

interface Waiting {
  readonly definition: FunctionDefinition;
  readonly start: (instance: Instance) => void;
}

const longestLog = 5000;

/** Runs the functions: at most `limit` processes together, one invocation a process, others wait in order. */
export class Functions {
  readonly logs: LogLine[] = [];
  readonly #definitions: ReadonlyMap<string, FunctionDefinition>;
  readonly #limit: number;
  readonly #report: Report;
  readonly #metrics: Metrics;
  readonly #busy = new Set<Instance>();
  #idle: Instance[] = [];
  #waiting: Waiting[] = [];
  #closed = false;

  /** @param definitions by ARN */
  constructor(
    definitions: ReadonlyMap<string, FunctionDefinition>,
    limit: number,
    report: Report,
    metrics = new Metrics(),
  ) {
    this.#definitions = definitions;
    this.#limit = limit;
    this.#report = report;
    this.#metrics = metrics;
  }

  /**
   * Invokes a function and waits for its end.
   *
   * @param arn the function's ARN; the caller has checked that it exists and may be invoked
   * @returns what it returned, or its error, which is reported to the terminal too
   */
  async invoke(arn: string, event: unknown): Promise<InvocationResult> {
    const definition = this.#definitions.get(arn);
    if (!definition) throw new Error(`There is no function ${arn}.`);
    const instance = await new Promise<Instance>((start) => {
      this.#waiting.push({ definition, start });
      this.#next();
    });
    this.#count('Invocations', definition);
    const result = await instance.invoke(event);
    if (!result.ok) this.#count('Errors', definition);
    this.#busy.delete(instance);
    if (instance.alive && !this.#closed) this.#idle.push(instance);
    this.#next();
    if (!result.ok && !this.#closed) {
      this.#report(`${definition.name} failed: ${result.errorType}: ${result.errorMessage}`);
    }
    return result;
  }

  /** Whether an invocation runs, or waits for a process. */
  get isBusy(): boolean {
    return this.#busy.size > 0 || this.#waiting.length > 0;
  }

  /** How many instances of a function are at work. */
  running(name: string): number {
    return [...this.#busy].filter(({ definition }) => definition.name === name).length;
  }

  /** Ends every process. Invocations under way end with an error. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting = [];
    await Promise.all([...this.#busy, ...this.#idle].map((instance) => instance.close()));
  }

  /** Lambda counts each for the function, and for all functions together. */
  #count(name: 'Invocations' | 'Errors', { name: FunctionName }: FunctionDefinition): void {
    const metric = { namespace: 'AWS/Lambda', name };
    this.#metrics.record(metric);
    this.#metrics.record({ ...metric, dimensions: { FunctionName } });
  }

  #next(): void {
    const later: Waiting[] = [];
    for (const waiting of this.#waiting) {
      const instance = this.#closed ? undefined : this.#take(waiting.definition);
      if (!instance) later.push(waiting);
      else {
        this.#busy.add(instance);
        waiting.start(instance);
      }
    }
    this.#waiting = later;
  }

  #take(definition: FunctionDefinition): Instance | undefined {
    this.#idle = this.#idle.filter(({ alive }) => alive);
    const running = [...this.#busy].filter((instance) => instance.definition === definition).length;
    if (running >= (definition.concurrency ?? Number.POSITIVE_INFINITY)) return undefined;
    const warm = this.#idle.findLast((instance) => instance.definition === definition);
    if (warm) {
      this.#idle = this.#idle.filter((instance) => instance !== warm);
      return warm;
    }
    if (this.#busy.size >= this.#limit) return undefined;
    if (this.#busy.size + this.#idle.length >= this.#limit) void this.#idle.shift()?.close();
    return new Instance(definition, (line) => this.#log(definition.name, line));
  }

  #log(name: string, line: string): void {
    this.logs.push({ at: new Date().toISOString(), function: name, line });
    this.#metrics.readLine(line);
    if (this.logs.length > longestLog) this.logs.splice(0, this.logs.length - longestLog);
    if (!this.#closed && tellsError(line)) this.#report(`${name} logged an error: ${line}`);
  }
}

/** Whether a line is a JSON log record of level error: a function that answers 500 by itself has not failed for Lambda. */
function tellsError(line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    const { level } = JSON.parse(line) as { level?: unknown };
    return typeof level === 'string' && level.toLowerCase() === 'error';
  } catch {
    return false;
  }
}

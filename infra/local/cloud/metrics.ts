/** Which metric: as CloudWatch tells metrics apart. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** How long a value stays, milliseconds: longer than any alarm looks back. */
const lifetime = 24 * 3_600_000;

/** What the local cloud and its functions counted and measured, as CloudWatch would keep it. */
export class Metrics {
  readonly #points = new Map<string, { readonly at: number; readonly value: number }[]>();
  readonly #gauges = new Map<string, () => number>();
  readonly #now: () => number;

  /** @param now what time it is, milliseconds since 1970 */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Counts something that happens now. */
  record(metric: MetricId, value = 1): void {
    const at = this.#now();
    const key = keyOf(metric);
    const points = (this.#points.get(key) ?? []).filter((point) => point.at > at - lifetime);
    this.#points.set(key, [...points, { at, value }]);
  }

  /** Measures something whenever it is asked for. */
  measure(metric: MetricId, read: () => number): void {
    this.#gauges.set(keyOf(metric), read);
  }

  /** The values after one moment and up to another; what is measured has its present value. */
  values(metric: MetricId, after: number, until: number): readonly number[] {
    const gauge = this.#gauges.get(keyOf(metric));
    if (gauge) return [gauge()];
    const points = this.#points.get(keyOf(metric)) ?? [];
    return points.filter(({ at }) => at > after && at <= until).map(({ value }) => value);
  }

  /** Records the metrics of a log line in CloudWatch's embedded metric format; any other line is none. */
  readLine(line: string): void {
    for (const { Namespace, Metrics: named, value } of embedded(line)) {
      for (const { Name } of named) this.record({ namespace: Namespace, name: Name }, value(Name));
    }
  }
}

function keyOf({ namespace, name, dimensions = {} }: MetricId): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}

interface Directive {
  readonly Namespace: string;
  readonly Metrics: readonly { readonly Name: string }[];
}

function embedded(line: string): (Directive & { readonly value: (name: string) => number })[] {
  if (!line.startsWith('{"_aws"')) return [];
  try {
    const said = JSON.parse(line) as { _aws: { CloudWatchMetrics: Directive[] } } & Record<string, unknown>;
    return said._aws.CloudWatchMetrics.map((each) => ({ ...each, value: (name) => Number(said[name]) }));
  } catch {
    return [];
  }
}

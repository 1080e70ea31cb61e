/** @file What Prometheus reads: counters and durations under `touchline_`, in its text format. */

type Labels = Readonly<Record<string, string>>;

const HELP = {
  sessions_opened_total: "Sessions admitted.",
  sessions_closed_total: "Sessions ended, by why.",
  sessions_refused_total: "Sessions for which there was no room.",
  resets_total: "Episodes begun.",
  steps_total: "Turns played.",
  frames_total: "PNG frames sent.",
  rewards_total: "Responses judged.",
  errors_total: "Requests and messages that were answered by an error.",
} as const;
export type Counter = keyof typeof HELP;

/** Upper bounds in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export class Metrics {
  readonly #counts = new Map<Counter, Map<string, number>>();
  readonly #durations = BUCKETS.map(() => 0);
  #sum = 0;
  #observed = 0;

  count(name: Counter, labels: Labels = {}, by = 1): void {
    const own = this.#counts.get(name) ?? new Map<string, number>();
    this.#counts.set(name, own);
    const key = written(labels);
    own.set(key, (own.get(key) ?? 0) + by);
  }

  /** How long a turn took, from the request until its answer was ready. */
  took(seconds: number): void {
    this.#sum += seconds;
    this.#observed++;
    BUCKETS.forEach((bound, i) => {
      if (seconds <= bound) this.#durations[i]!++;
    });
  }

  /** `gauges`: what stands now. */
  text(gauges: Readonly<Record<string, number>>): string {
    const lines: string[] = [];
    for (const [name, value] of Object.entries(gauges))
      lines.push(`# TYPE touchline_${name} gauge`, `touchline_${name} ${value}`);
    for (const [name, help] of Object.entries(HELP) as [Counter, string][]) {
      lines.push(`# HELP touchline_${name} ${help}`, `# TYPE touchline_${name} counter`);
      for (const [labels, value] of this.#counts.get(name) ?? [["", 0]])
        lines.push(`touchline_${name}${labels} ${value}`);
    }
    lines.push("# HELP touchline_turn_seconds Turns, from the request until the answer is ready.");
    lines.push("# TYPE touchline_turn_seconds histogram");
    BUCKETS.forEach((bound, i) =>
      lines.push(`touchline_turn_seconds_bucket{le="${bound}"} ${this.#durations[i]}`),
    );
    lines.push(`touchline_turn_seconds_bucket{le="+Inf"} ${this.#observed}`);
    lines.push(`touchline_turn_seconds_sum ${this.#sum}`, `touchline_turn_seconds_count ${this.#observed}`);
    return `${lines.join("\n")}\n`;
  }
}

/** Labels are ours, never a client's words. */
function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** @file Curves of training runs as plain data: joining, thinning, reading at a step, and how they are named and grouped. */
import type { Curve } from "../protocol/index.ts";

/**
 * At most so many points, from 4: the first, the last, and of each stretch of equally many steps the lowest and the
 * highest. No spike is lost, and done again and again it keeps as much of what is old as of what is new.
 */
export function thin({ name, steps, values }: Curve, most: number): Curve {
  if (steps.length <= most) return { name, steps, values };
  const end = steps.length - 1;
  const stretches = Math.floor((most - 2) / 2);
  const width = (steps[end]! - steps[0]!) / stretches;
  const kept = new Set([0]);
  for (let stretch = 1, i = 0; stretch <= stretches; stretch++) {
    const limit = stretch === stretches ? Infinity : steps[0]! + stretch * width;
    let [low, high] = [i, i];
    const from = i;
    for (; i <= end && steps[i]! < limit; i++) {
      if (values[i]! < values[low]!) low = i;
      if (values[i]! > values[high]!) high = i;
    }
    if (i > from) kept.add(Math.min(low, high)).add(Math.max(low, high));
  }
  const places = [...kept.add(end)];
  return { name, steps: places.map((i) => steps[i]!), values: places.map((i) => values[i]!) };
}

/** The curves with more points at their ends; each stays within `most` points. */
export function extend(curves: readonly Curve[], news: readonly Curve[], most: number): readonly Curve[] {
  const names = new Set([...curves, ...news].map(({ name }) => name));
  return [...names].map((name) => {
    const before = curves.find((curve) => curve.name === name);
    const more = news.find((curve) => curve.name === name);
    if (before === undefined || more === undefined) return (before ?? more)!;
    const joined = {
      name,
      steps: [...before.steps, ...more.steps],
      values: [...before.values, ...more.values],
    };
    // To the half, so that it is not done for every point.
    return joined.steps.length > most ? thin(joined, most / 2) : joined;
  });
}

/** The place of the last point up to a step; -1 before the first. */
export function placeAt({ steps }: Curve, step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The place of the point next to a step; -1 for an empty curve. */
export function nearestPlace(curve: Curve, step: number): number {
  const before = placeAt(curve, step);
  const after = before + 1;
  if (after >= curve.steps.length) return before;
  if (before < 0) return after;
  return step - curve.steps[before]! <= curve.steps[after]! - step ? before : after;
}

/** A smooth line through noise: the mean of the values around each, `reach` steps to either side. */
export function smooth({ steps, values }: Curve, reach: number): number[] {
  let [from, to, sum] = [0, 0, 0];
  return steps.map((step) => {
    for (; to < steps.length && steps[to]! <= step + reach; to++) sum += values[to]!;
    for (; steps[from]! < step - reach; from++) sum -= values[from]!;
    return sum / (to - from);
  });
}

export interface CurveTitle {
  /** In plain words. */
  title: string;
  group: string;
}

const PLAIN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "charts/reward": "Reward",
    "charts/response_length": "Response length, tokens",
    "charts/episodic_return": "Return of an episode",
    "charts/episodic_length": "Length of an episode, steps",
    "charts/truth": "Places right in thoughts",
    "charts/unparsed": "Decisions that name no action",
    "charts/truncated": "Answers cut off",
    "charts/groups_alike": "Questions with nothing to compare",
    "charts/SPS": "Steps a second",
    "charts/decisions_per_second": "Decisions a second",
    "charts/samples_per_second": "Samples a second",
    "charts/rollout_tokens_per_second": "Tokens a second, tried",
    "charts/tokens_per_second": "Tokens a second, learned",
    "charts/rollout_in_onnxruntime": "Share of the rollout in onnxruntime",
    "time/rollout": "Trying, seconds",
    "time/update": "Learning, seconds",
    "charts/tokens": "Tokens so far",
    "charts/epoch": "Epoch",
    "rewards/format": "Reward for the format",
    "rewards/format_penalty": "Price of words out of form",
    "rewards/accuracy": "Reward for being right",
    "losses/kl": "Distance from the first policy, KL",
    "charts/kl": "Distance from the first policy, KL",
    "losses/approx_kl": "Change of the policy, KL",
    "losses/entropy": "Entropy of the answers",
    "losses/clip_fraction": "Share of clipped tokens",
    "losses/loss": "Loss",
    "losses/policy_loss": "Loss of the policy",
    "losses/value_loss": "Loss of the values",
    "losses/gradient_norm": "Length of the gradient",
    "eval/loss": "Loss on data that is not learned",
    "eval/success": "Success on held-out seeds",
    "charts/learning_rate": "Learning rate",
  }),
);

export const CURVE_GROUPS = ["Reward", "Success", "Answers", "Learning", "Pace", "More"] as const;

const GROUPS: readonly (readonly [pattern: RegExp, group: (typeof CURVE_GROUPS)[number]])[] = [
  [/^(charts\/(reward|episodic_return)$|rewards\/)/, "Reward"],
  [/^(success\/|eval\/(success|score))/, "Success"],
  [/^(accuracy\/|losses\/(kl|approx_kl|entropy|clip_fraction)$)/, "Answers"],
  [
    /^charts\/(response_length|episodic_length|truth|unparsed|truncated|groups_alike|unjudged|kl)$/,
    "Answers",
  ],
  [/^(losses\/|eval\/|charts\/learning_rate$)/, "Learning"],
  [/^(time\/|charts\/(SPS|\w+_per_second|rollout_in_onnxruntime|tokens|epoch)$)/, "Pace"],
];

/** Of families of metrics, whose names go on with what somebody has called a scenario, a kind or a term. */
const SPOKEN: ReadonlyMap<string, (words: string) => string> = new Map(
  Object.entries({
    success: (words: string) => `Success in ${words}`,
    rewards: (words: string) => `Reward for ${words}`,
    accuracy: (words: string) => `Right answers: ${words}`,
    eval: (words: string) => words.replace(/^(success|score)\/(.+)$/, "$1 in $2, held out"),
  }),
);

/** What a metric is called in plain words, and with which others it stands. */
export function titleOf(name: string): CurveTitle {
  const group = GROUPS.find(([pattern]) => pattern.test(name))?.[1] ?? "More";
  const [, family = "", rest = name] = /^(\w+)\/(.+)$/.exec(name) ?? [];
  const words = rest.replaceAll("_", " ");
  const spoken = SPOKEN.get(family)?.(words) ?? words;
  const title = PLAIN.get(name) ?? `${spoken.charAt(0).toUpperCase()}${spoken.slice(1)}`;
  return { title, group };
}

const ORDER = [...PLAIN.keys()];

function rank({ name }: Curve): number {
  const place = ORDER.indexOf(name);
  return place === -1 ? ORDER.length : place;
}

/** Known ones in their order, then the others by name. */
export function inOrder(curves: readonly Curve[]): Curve[] {
  return [...curves].sort(
    (a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "en", { numeric: true }),
  );
}

/** Round numbers that divide a stretch into about so many parts. */
export function ticks(low: number, high: number, parts: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const unit = [1, 2, 5, 10].find((factor) => factor * power >= rough)! * power;
  const first = Math.ceil(low / unit - 1e-9);
  const last = Math.floor(high / unit + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * unit);
}

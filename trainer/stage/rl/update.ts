/** @file One pass after the other over what was tried: steps of the optimiser on shuffled lessons. */
import { integer, makeRandom } from "../../../env/random.ts";
import type { ChatReader } from "../../../agent/model/index.ts";
import { type Learner, makeBatch, type TrainingBatch } from "../../learner/index.ts";
import { constantWeights, explainedVariance, sequenceWeights, tokenWeights } from "../../loss/index.ts";
import type { RlRecipe } from "../../recipes/index.ts";
import { microBatches } from "../micro-batches.ts";
import type { Lesson } from "./lesson.ts";
import { roughLength, sequenceOf } from "./score.ts";

export interface Update {
  /** Steps of the optimiser. */
  steps: number;
  /** Means over them. */
  loss: number;
  gradientNorm: number;
  metrics: Record<string, number>;
}

/** The weights of the loss in a step, by what its mean is taken over. */
const WEIGHTS: Readonly<
  Record<RlRecipe["algorithm"], (lengths: readonly number[], longest: number) => number[]>
> = {
  reinforce_baseline: tokenWeights,
  rloo: tokenWeights,
  ppo: tokenWeights,
  grpo: sequenceWeights,
  dr_grpo: constantWeights,
};

/** @throws TouchlineError what a step of the learner throws. */
export async function update(
  learner: Learner,
  reader: ChatReader,
  lessons: readonly Lesson[],
  recipe: RlRecipe,
  { seed, learningRate }: { seed: number; learningRate: number },
): Promise<Update> {
  const random = makeRandom(seed, 41);
  const sums = { steps: 0, loss: 0, gradientNorm: 0, metrics: {} as Record<string, number> };
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    const order = shuffled(lessons, random);
    for (const members of evenParts(order, recipe.batchSize)) {
      const weights = weightsOf(members, recipe);
      const result = await learner.step(batchesOf(reader, members, weights, recipe), learningRate);
      sums.steps++;
      sums.loss += result.loss;
      sums.gradientNorm += result.gradientNorm;
      const told = { ...averaged(result.metrics, weights), ...explained(result.metrics, members) };
      for (const [name, value] of Object.entries(told))
        sums.metrics[name] = (sums.metrics[name] ?? 0) + value;
    }
  }
  const mean = (sum: number): number => sum / Math.max(1, sums.steps);
  return {
    steps: sums.steps,
    loss: mean(sums.loss),
    gradientNorm: mean(sums.gradientNorm),
    metrics: Object.fromEntries(Object.entries(sums.metrics).map(([name, sum]) => [name, mean(sum)])),
  };
}

/** How much each token of each lesson of a step counts. They add up to 1, but for Dr. GRPO's. */
function weightsOf(lessons: readonly Lesson[], recipe: RlRecipe): number[][] {
  const counts = lessons.map(({ experience }) =>
    experience.tokens.map((_, t) => (t < experience.conclusionFrom ? recipe.thoughtWeight : 1)),
  );
  // A token that counts half is half a token in the length that a mean is taken over.
  const perToken = WEIGHTS[recipe.algorithm](counts.map(total), recipe.maxTokens);
  return counts.map((own, place) => own.map((count) => count * perToken[place]!));
}

const AVERAGED = new Set(["ratio", "clip_fraction", "approx_kl", "entropy"]);

/** The metrics, of which these are means over what counts, whatever the weights add up to. */
function averaged(
  metrics: Readonly<Record<string, number>>,
  weights: readonly number[][],
): Record<string, number> {
  const whole = total(weights.map(total));
  return Object.fromEntries(
    Object.entries(metrics).map(([name, sum]) => [name, AVERAGED.has(name) ? sum / whole : sum]),
  );
}

/** The lessons of one step as micro-batches. */
function batchesOf(
  reader: ChatReader,
  lessons: readonly Lesson[],
  weights: readonly number[][],
  recipe: RlRecipe,
): TrainingBatch[] {
  const shares = valueShares(lessons);
  const rough = lessons.map(({ experience }) => roughLength(reader, experience));
  return microBatches(rough, recipe.tokensPerMicroBatch).map((places) => {
    const batch = makeBatch(
      reader.config,
      places.map((place) => sequenceOf(reader, lessons[place]!.experience)),
    );
    const row = (numbers: (place: number) => readonly number[]): Float32Array =>
      Float32Array.from(places.flatMap((place) => [...numbers(place)]));
    return {
      batch,
      rows: {
        weights: row((place) => weights[place]!),
        advantages: row((place) => lessons[place]!.advantages),
        old_log_probabilities: row((place) => lessons[place]!.experience.logProbabilities),
        ...(lessons[0]!.values && {
          value_weights: row((place) => shares[place]!),
          returns: row((place) => lessons[place]!.values!.map((one) => one?.return ?? 0)),
          old_values: row((place) => lessons[place]!.values!.map((one) => one?.before ?? 0)),
        }),
      },
    };
  });
}

/** The weight of each value: every sample counts the same, be it an answer with a value a token or a decision with one. */
function valueShares(lessons: readonly Lesson[]): number[][] {
  return lessons.map(({ values = [] }) => {
    const count = values.filter(Boolean).length;
    return values.map((one) => (one ? 1 / count / lessons.length : 0));
  });
}

/** `explained_variance` of a step, where it has values that differ. */
function explained(
  metrics: Readonly<Record<string, number>>,
  lessons: readonly Lesson[],
): Record<string, number> {
  const { value, value_squared_error } = metrics;
  if (value === undefined || value_squared_error === undefined) return {};
  const returns = lessons.flatMap(({ values = [] }) => values.map((one) => one?.return ?? 0));
  const share = explainedVariance({ value, value_squared_error }, returns, valueShares(lessons).flat());
  return Number.isFinite(share) ? { explained_variance: share } : {};
}

function shuffled<T>(values: readonly T[], random: ReturnType<typeof makeRandom>): T[] {
  const order = [...values];
  for (let i = order.length - 1; i > 0; i--) {
    const j = integer(random, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** Parts of about `size`, none much smaller than the others: a step of a few samples would count as much as a whole one. */
function evenParts<T>(values: readonly T[], size: number): T[][] {
  const parts = Math.max(1, Math.round(values.length / size));
  return Array.from({ length: parts }, (_, i) =>
    values.slice(Math.floor((i * values.length) / parts), Math.floor(((i + 1) * values.length) / parts)),
  ).filter((part) => part.length > 0);
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

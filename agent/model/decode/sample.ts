/** @file From logits to the next token. */
import { type Random, uniform } from "../../../env/random.ts";

export interface Sampling {
  /** 0 takes the likeliest token; chance plays no part. */
  temperature: number;
  /** Only the likeliest tokens whose probabilities add up to this; 1 keeps all. */
  topP: number;
  /** Only so many of the likeliest tokens; 0 keeps all. */
  topK: number;
}

export interface Alternative {
  token: number;
  /** Natural logarithm of its probability at temperature 1 among all tokens. */
  logProbability: number;
}

export interface Sampled extends Alternative {
  /** The same at the temperature that it was drawn at; that at 1 where no chance played a part. Top-p and top-k do not count. */
  drawnLogProbability: number;
  /** The likeliest tokens, best first. */
  top: Alternative[];
}

/**
 * The next token of one row, from its logits. A row draws one number for each token, unless temperature is 0.
 * `logSum`: the logarithm of the sum of exp(logit), when it is known already.
 */
export function sampleToken(
  logits: Float32Array,
  { temperature, topP, topK }: Sampling,
  random: Random,
  alternatives = 0,
  logSum = logSumOf(logits),
): Sampled {
  const { token, drawnLogProbability } =
    temperature === 0
      ? surely(logits, logSum)
      : drawn(logits, { temperature, topP, topK }, uniform(random), logSum);
  return {
    token,
    logProbability: logits[token]! - logSum,
    drawnLogProbability,
    top: likeliest(logits, alternatives).map((one) => ({
      token: one,
      logProbability: logits[one]! - logSum,
    })),
  };
}

type Drawn = Pick<Sampled, "token" | "drawnLogProbability">;

function surely(logits: Float32Array, logSum: number): Drawn {
  const token = largest(logits);
  return { token, drawnLogProbability: logits[token]! - logSum };
}

function drawn(logits: Float32Array, sampling: Sampling, chance: number, logSum: number): Drawn {
  const { temperature, topP, topK } = sampling;
  const all = topP >= 1 && topK === 0;
  const of = (token: number, sum: number): Drawn => ({
    token,
    drawnLogProbability: logits[token]! / temperature - sum,
  });
  if (temperature === 1 && all) {
    const probable = drawProbable(logits, 1, logSum, chance);
    if (probable !== undefined) return of(probable, logSum);
  }
  const peak = logits[largest(logits)]!;
  if (temperature === 1) return of(draw(logits, peak, sampling, chance, Math.exp(logSum - peak)), logSum);
  const whole = massOf(logits, peak, temperature);
  const sum = peak / temperature + Math.log(whole);
  const probable = all ? drawProbable(logits, temperature, sum, chance) : undefined;
  return of(probable ?? draw(logits, peak, sampling, chance, whole), sum);
}

/** Logarithm of the probability from which on a token is looked at in `drawProbable`. */
const PROBABLE = -16;
/** More than the roundings of a sum of probabilities. */
const ROUNDING = 1e-9;

/**
 * What `draw` gives of all tokens, from the few that are probable alone; nothing where all others together, or
 * roundings, could tip the scales. `logSum`: of exp(logit / temperature).
 */
function drawProbable(
  logits: Float32Array,
  temperature: number,
  logSum: number,
  chance: number,
): number | undefined {
  const least = (logSum + PROBABLE) * temperature;
  const others = logits.length * Math.exp(PROBABLE) + ROUNDING;
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i]!;
    if (!(logit > least)) continue;
    const before = sum;
    sum += Math.exp(logit / temperature - logSum);
    if (sum > chance + ROUNDING) return before + others < chance ? i : undefined;
  }
  return undefined;
}

function logSumOf(logits: Float32Array): number {
  const peak = logits[largest(logits)]!;
  return peak + Math.log(massOf(logits, peak, 1));
}

function largest(values: Float32Array): number {
  let best = 0;
  let peak = values[0]!;
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    if (value > peak) {
      best = i;
      peak = value;
    }
  }
  return best;
}

/** Tokens by so much less likely than the likeliest count for less than the rounding of logits: exp(-25) is 1e-11. */
const NEGLIGIBLE = -25;

/** The sum of exp((logit - peak) / temperature). */
function massOf(logits: Float32Array, peak: number, temperature: number): number {
  const least = peak + NEGLIGIBLE * temperature;
  let mass = 0;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i]!;
    if (logit > least) mass += Math.exp((logit - peak) / temperature);
  }
  return mass;
}

/** The token at which the sum of probabilities passes `chance`, 0 to 1. */
function draw(logits: Float32Array, peak: number, sampling: Sampling, chance: number, whole: number): number {
  const { temperature, topP, topK } = sampling;
  if (topP >= 1 && topK === 0) {
    let rest = chance * whole;
    for (let i = 0; i < logits.length; i++) {
      rest -= Math.exp((logits[i]! - peak) / temperature);
      if (rest < 0) return i;
    }
    return largest(logits);
  }
  const kept = nucleus(logits, peak, sampling, whole);
  let rest = chance * kept.reduce((sum, { mass }) => sum + mass, 0);
  return (kept.find(({ mass }) => (rest -= mass) < 0) ?? kept[0]!).token;
}

/** The tokens that top-k and then top-p leave, likeliest first. */
function nucleus(
  logits: Float32Array,
  peak: number,
  { temperature, topP, topK }: Sampling,
  whole: number,
): Weighed[] {
  // Tokens below this add up to less than what top-p leaves out, so they need no sorting.
  const least = topP < 1 && topK === 0 ? ((1 - topP) / logits.length) * whole : 0;
  const all: Weighed[] = [];
  logits.forEach((logit, token) => {
    const mass = Math.exp((logit - peak) / temperature);
    if (mass >= least) all.push({ token, mass });
  });
  all.sort((a, b) => b.mass - a.mass || a.token - b.token);
  const first = topK > 0 ? all.slice(0, topK) : all;
  const needed = topP * (topK > 0 ? first.reduce((sum, { mass }) => sum + mass, 0) : whole);
  let sum = 0;
  const end = first.findIndex(({ mass }) => (sum += mass) >= needed);
  return end < 0 ? first : first.slice(0, end + 1);
}

interface Weighed {
  token: number;
  mass: number;
}

function likeliest(logits: Float32Array, count: number): number[] {
  const best: number[] = [];
  if (count === 0) return best;
  for (let i = 0; i < logits.length; i++) {
    if (best.length === count && logits[i]! <= logits[best.at(-1)!]!) continue;
    const place = best.findIndex((other) => logits[other]! < logits[i]!);
    best.splice(place < 0 ? best.length : place, 0, i);
    if (best.length > count) best.pop();
  }
  return best;
}

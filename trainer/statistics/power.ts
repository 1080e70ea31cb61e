/** @file How many samples it takes to show a difference, with a power of 0.8 at a level of 0.05, two-sided. */

/** The 97.5 % and the 80 % points of the normal distribution. */
const LEVEL = 1.959963984540054;
const POWER = 0.8416212335729143;

/** Samples that each of two policies needs for their rates to be told apart, if they are asked different ones (Fleiss 1981). */
export function samplesToTell(one: number, other: number): number {
  const middle = (one + other) / 2;
  const spread = LEVEL * deviation(2 * middle * (1 - middle));
  const half = POWER * deviation(one * (1 - one) + other * (1 - other));
  return Math.ceil(((spread + half) / (one - other)) ** 2);
}

/** Samples that both are asked, for a mean difference of scores whose deviation from sample to sample is known. */
export function pairsToTell(difference: number, deviation: number): number {
  return Math.ceil((((LEVEL + POWER) * deviation) / difference) ** 2);
}

/** The smallest step from a rate, up or down whichever has more room, that so many samples can show; undefined for none. */
export function detectableDifference(rate: number, samples: number): number | undefined {
  const towards = rate <= 0.5 ? 1 : -1;
  let [low, high] = [0, rate <= 0.5 ? 1 - rate : rate];
  if (samplesToTell(rate, rate + towards * high) > samples) return undefined;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (samplesToTell(rate, rate + towards * middle) > samples) low = middle;
    else high = middle;
  }
  return high;
}

const deviation = (variance: number): number => Math.sqrt(Math.max(0, variance));

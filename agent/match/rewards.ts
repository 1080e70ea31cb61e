/** @file Weights of reward terms as they are written on a command line. */
import { TouchlineError, unknownName } from "../../env/error.ts";
import { REWARD_TERMS, type RewardWeights } from "../../env/football/index.ts";

/**
 * Reads `scoring=1,checkpoints=0.1`.
 * @throws TouchlineError `reward/unknown` for a term that there is not, `reward/weight` for what is no weight of one.
 */
export function parseRewards(text: string): RewardWeights {
  const weights = text.split(",").map((part): [string, number] => {
    const [, name, value = ""] = /^([^=]*)=(.*)$/.exec(part) ?? [];
    if (name === undefined) throw wrongWeight(part);
    const term = name.trim();
    if (!REWARD_TERMS.some((one) => one === term))
      throw new TouchlineError("reward/unknown", unknownName("reward term", term, REWARD_TERMS));
    const weight = value.trim() === "" ? NaN : Number(value);
    if (!Number.isFinite(weight)) throw wrongWeight(part);
    return [term, weight];
  });
  const twice = weights.find(([term], i) => weights.findIndex(([other]) => other === term) !== i);
  if (twice !== undefined)
    throw new TouchlineError("reward/weight", `"${twice[0]}" is there twice; give each term one weight.`);
  return Object.fromEntries(weights);
}

function wrongWeight(part: string): TouchlineError {
  const message = `"${part}" is no weight; expected TERM=NUMBER, several with commas between them, such as scoring=1,checkpoints=0.1.`;
  return new TouchlineError("reward/weight", message);
}

/** @file Whether a policy has collapsed: it no longer answers in form, or always the same. */
import { TouchlineError } from "../../../env/error.ts";
import type { RlRecipe } from "../../recipes/index.ts";
import { COLLAPSED } from "../loop.ts";
import { mean } from "./metrics.ts";
import type { Rollout } from "./rollout.ts";

/** So many rollouts in a row below a floor are a collapse. */
const PATIENCE = 3;

/** How many rollouts in a row are below a floor, this one included. @throws TouchlineError `train/collapsed`. */
export function checkFloors(
  { floors }: RlRecipe,
  { episodes, answers }: Rollout,
  { low, rollouts }: { low: number; rollouts: number },
): number {
  const turns = episodes.flatMap((group) => group.flatMap((episode) => episode.turns));
  const inForm = [
    ...turns.map(({ unparsed }) => Number(!unparsed)),
    ...answers.flat().map(({ format }) => format),
  ];
  const format = mean(inForm);
  // What a token surprises by is, in the mean, the entropy.
  const surprise = mean([...turns, ...answers.flat()].map((one) => -mean(one.logProbabilities)));
  if (format >= floors.format && surprise >= floors.entropy) return 0;
  if (low + 1 < PATIENCE) return low + 1;
  const what =
    format < floors.format
      ? `only ${(100 * format).toFixed(0)} % of the answers were in form, of at least ${100 * floors.format} %`
      : `the entropy was ${surprise.toPrecision(2)} nats a token, of at least ${floors.entropy}`;
  throw new TouchlineError(
    COLLAPSED,
    `The policy has collapsed by rollout ${rollouts + 1}: ${PATIENCE} times in a row ${what}. The last checkpoint stays as it is; go on from an earlier one with a lower learningRate, a klCoefficient or smaller clips, or lower the "floors" of the recipe if this is meant.`,
  );
}

/** @file Whether a policy has collapsed: it no longer answers in form, or always the same. */
import { join } from "node:path";
import { TouchlineError } from "../../../env/error.ts";
import type { RlRecipe } from "../../recipes/index.ts";
import { COLLAPSED } from "../loop.ts";
import { lastCheckpoint } from "../run-folder.ts";
import { episodesFolder } from "./evaluate.ts";
import { isCut, mean } from "./metrics.ts";
import type { Rollout } from "./rollout.ts";
import { SAMPLES_FILE } from "./samples.ts";

/** So many rollouts in a row below a floor are a collapse. */
const PATIENCE = 3;

export interface Standing {
  /** How many rollouts in a row are below a floor, this one included. */
  low: number;
  /** What is to be thrown where there are too many; `train/collapsed`. */
  collapse?: TouchlineError;
}

export function standingOf(
  { floors, maxTokens }: RlRecipe,
  { episodes, answers }: Rollout,
  { low, rollouts }: { low: number; rollouts: number },
  directory: string,
): Standing {
  const turns = episodes.flatMap((group) => group.flatMap((episode) => episode.turns));
  const inForm = [
    ...turns.map(({ unparsed }) => Number(!unparsed)),
    ...answers.flat().map(({ format }) => format),
  ];
  const format = mean(inForm);
  // What a token surprises by is, in the mean, the entropy.
  const said = [...turns, ...answers.flat()];
  const surprise = mean(said.map((one) => -mean(one.logProbabilities)));
  if (format >= floors.format && surprise >= floors.entropy) return { low: 0 };
  if (low + 1 < PATIENCE) return { low: low + 1 };
  const what =
    format < floors.format
      ? `only ${(100 * format).toFixed(0)} % of the answers were in form, of at least ${100 * floors.format} %`
      : `the entropy was ${surprise.toPrecision(2)} nats a token, of at least ${floors.entropy}`;
  const long = mean(said.map((one) => Number(isCut(one, maxTokens))));
  const cut =
    long > 0.5 ? ` ${(100 * long).toFixed(0)} % of the answers were cut off at maxTokens, ${maxTokens}.` : "";
  const number = rollouts + 1;
  const collapse = new TouchlineError(
    COLLAPSED,
    `The policy has collapsed by rollout ${number}: ${PATIENCE} times in a row ${what}.${cut} ${whereTo(directory, number)} a lower learningRate, a klCoefficient, smaller clips or ${cut === "" ? "" : "more maxTokens, or "}lower "floors" if this is meant.`,
  );
  return { low: PATIENCE, collapse };
}

function whereTo(directory: string, rollout: number): string {
  const kept = `What was said is in ${join(episodesFolder(directory, rollout), SAMPLES_FILE)}.`;
  const last = lastCheckpoint(directory);
  const way =
    last === undefined
      ? "No checkpoint had been written (saveEvery); begin again with"
      : `The last checkpoint, ${last}, stays; delete it to go on from the one before. Change recipe.json in ${directory} and --resume, with`;
  return `${kept} ${way}`;
}

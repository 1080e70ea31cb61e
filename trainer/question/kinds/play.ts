/** @file What to do now: the decision of the built-in player, who knows the whole state, to imitate. */
import type { Random } from "../../../env/random.ts";
import type { Moment } from "../moments.ts";
import type { Question } from "../question.ts";
import { thoughtFor } from "../thought.ts";

/** "Play.", as the prompt of play says it. */
export function play(_random: Random, moment: Moment): Question {
  const { advice, sight } = moment;
  return { kind: "play", moment, ask: "Play.", think: thoughtFor(sight, advice), gold: advice };
}

/** @file Law 11: whether a mate is where he would be offside if the ball were played to him. */
import type { Random } from "../../../env/random.ts";
import type { Moment } from "../moments.ts";
import { type Question, toldOf } from "../question.ts";
import type { Mate, Sight } from "../sight.ts";
import { agreed, type Answer } from "./answer.ts";
import { pick } from "../chance.ts";

/** "Is mate 7 offside?" */
export function offside(random: Random, moment: Moment): Question | undefined {
  const { mates } = toldOf(moment.sight);
  if (mates.length === 0) return undefined;
  const mate = pick(random, mates);
  const answer = agreed(moment.sight, (sight) => isOffside(sight, mate));
  return answer && { kind: "offside", moment, ask: `Is mate ${mate.number} offside?`, ...answer };
}

/** Nearer to the goal line than the middle, the ball and all opponents but one, the keeper counted; level is not nearer. */
function isOffside({ ball, keeper, opponents }: Sight, { number, x }: Mate): Answer | undefined {
  const others = (keeper ? [keeper, ...opponents] : opponents).map((other) => other.x).sort((a, b) => b - a);
  const [last, second] = others;
  if (last === undefined || second === undefined) return undefined;
  const line = Math.max(0, ball.x, second);
  const gold = x > line ? "yes" : "no";
  const seen = `Mate ${number} at ${x}, ball ${ball.x}, they last ${last} and ${second}.`;
  return { think: `${seen} Line ${line}, ${x} is ${gold === "yes" ? "" : "not "}more: ${gold}.`, gold };
}

/** @file Who has the ball: whoever is nearest, if he is near. */
import type { Random } from "../../../env/random.ts";
import type { Moment } from "../moments.ts";
import type { Question } from "../question.ts";
import { AT_BALL, type Sight, whoHasBall } from "../sight.ts";
import { words } from "../thought.ts";
import { agreed, type Answer, capital } from "./answer.ts";
import { byDistance, metresBetween } from "./metres.ts";

/** "Who has the ball?" Not where two sides are as near to it. */
export function possession(_random: Random, moment: Moment): Question | undefined {
  const answer = agreed(moment.sight, holder);
  return answer && { kind: "possession", moment, ask: "Who has the ball?", ...answer };
}

/** What those are called who may have it, in the order in which a doubt is decided. */
const NAMES = { mine: "me", ours: "mate", theirs: "they" } as const;

function holder(sight: Sight): Answer | undefined {
  const { me, ball, keeper, opponents, mates } = sight;
  const sides = [
    { having: "mine", at: me } as const,
    { having: "ours", at: byDistance(mates, ball)[0] } as const,
    { having: "theirs", at: byDistance(keeper ? [keeper, ...opponents] : opponents, ball)[0] } as const,
  ]
    .flatMap(({ having, at }) => (at ? [{ having, at, metres: metresBetween(at, ball) }] : []))
    .sort((a, b) => a.metres - b.metres);
  const [first, second] = sides;
  const { having, at, metres } = first!;
  const gold = whoHasBall(sight);
  // In whole metres it must come to the same, and without a doubt.
  if (gold !== (metres > AT_BALL ? "free" : having)) return undefined;
  if (second && gold !== "free" && second.metres === metres) return undefined;
  const think = `Ball ${words(ball)}, ${NAMES[having]} ${words(at)} is nearest, ${metres} away. ${capital(gold)}.`;
  return { think, gold };
}

/** @file Who is nearest: an opponent, by his place, or a mate, by his number. */
import type { Random } from "../../../env/random.ts";
import type { Moment } from "../moments.ts";
import type { Question } from "../question.ts";
import { GOAL, type Mate, type Place, type Sight } from "../sight.ts";
import { words } from "../thought.ts";
import { agreed, type Answer, capital } from "./answer.ts";
import { pick } from "../chance.ts";
import { byDistance, metresBetween } from "./metres.ts";

/** So many are held against one another in the thought. */
const COMPARED = 3;

const TO = ["ball", "me", "goal"] as const;

/** "Which opponent is nearest to the ball?" Not where two are as near. */
export function nearest(random: Random, moment: Moment): Question | undefined {
  const who = pick(random, ["opponent", "mate"] as const);
  const to = pick(random, TO);
  const answer = agreed(moment.sight, (sight) => nearestOf(sight, who, to));
  const ask = `Which ${who} is nearest to ${to === "me" ? "me" : `the ${to}`}?`;
  return answer && { kind: "nearest", moment, ask, ...answer };
}

function nearestOf(sight: Sight, who: "opponent" | "mate", to: (typeof TO)[number]): Answer | undefined {
  const target = { ball: sight.ball, me: sight.me, goal: GOAL }[to];
  const { keeper, opponents, mates } = sight;
  const all: readonly Place[] = who === "mate" ? mates : keeper ? [keeper, ...opponents] : opponents;
  const [first, second, ...others] = byDistance(all, target).slice(0, COMPARED);
  if (!first || (second && metresBetween(first, target) === metresBetween(second, target))) return undefined;
  const gold = who === "mate" ? String((first as Mate).number) : words(first);
  const told = [first, second, ...others]
    .filter((one) => one !== undefined)
    .map((one) => `${nameOf(one, who)} is ${metresBetween(one, target)} away`);
  return { think: `${capital(to)} ${words(target)}. ${capital(told.join(", "))}. ${gold}.`, gold };
}

function nameOf(one: Place, who: "opponent" | "mate"): string {
  return who === "mate" ? `mate ${(one as Mate).number} ${words(one)}` : words(one);
}

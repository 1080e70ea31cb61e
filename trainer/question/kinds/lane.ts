/** @file Who can be passed to: a mate with no opponent near the straight way to him. */
import type { Random } from "../../../env/random.ts";
import type { Moment } from "../moments.ts";
import type { Question } from "../question.ts";
import { distance, distanceToWay, GOAL, isOpen, type Mate, type Sight } from "../sight.ts";
import { words } from "../thought.ts";
import { agreed, type Answer } from "./answer.ts";

/** "Which mate is free?" Of several the one nearest to the goal, and the others are as right. */
export function lane(_random: Random, moment: Moment): Question | undefined {
  const answer = agreed(moment.sight, freeMate);
  return answer && { kind: "lane", moment, ask: "Which mate is free?", ...answer };
}

function freeMate(sight: Sight): Answer | undefined {
  const mates = sight.mates.toSorted((a, b) => distance(a, GOAL) - distance(b, GOAL));
  if (mates.length === 0) return undefined;
  const isFree = (mate: Mate): boolean => isOpen(sight, sight.me, mate);
  const first = mates.findIndex(isFree);
  const shut = first < 0 ? mates : mates.slice(0, first);
  const looked = shut.map(
    (mate) => `Mate ${mate.number} ${words(mate)}: ${inTheWay(sight, mate)} in the way.`,
  );
  if (first < 0) return { think: [...looked, "None."].join(" "), gold: "none" };
  const { number, ...place } = mates[first]!;
  const also = mates
    .slice(first + 1)
    .filter(isFree)
    .map((mate) => String(mate.number));
  const think = [...looked, `Mate ${number} ${words(place)} is free. ${number}.`].join(" ");
  return { think, gold: String(number), ...(also.length > 0 && { also }) };
}

/** The place of whoever is nearest to the way to a mate. */
function inTheWay({ me, keeper, opponents }: Sight, mate: Mate): string {
  const others = keeper ? [keeper, ...opponents] : opponents;
  const [first] = others.toSorted((a, b) => distanceToWay(a, me, mate) - distanceToWay(b, me, mate));
  return words(first!);
}

/** @file Who comes first to a place, the player or the keeper: the nearer, as both run alike. */
import { chance, type Random } from "../../../env/random.ts";
import type { Moment } from "../moments.ts";
import type { Question } from "../question.ts";
import type { Place } from "../sight.ts";
import { words } from "../thought.ts";
import { capital } from "./answer.ts";
import { around, pick } from "../chance.ts";
import { metresBetween } from "./metres.ts";

/** Nobody can tell who is first when one is nearer by less. */
const CLEARLY = 2;
/** How far from one of them the place is, along and across. */
const AROUND = 15;
const TRIES = 20;

/** "Who is first at 40 10, me or the keeper?" Either as often. */
export function keeperFirst(random: Random, moment: Moment): Question | undefined {
  const { me, keeper } = moment.sight;
  if (!keeper) return undefined;
  const gold = chance(random, 0.5) ? "me" : "keeper";
  for (let i = 0; i < TRIES; i++) {
    const place: Place = around(random, pick(random, [me, keeper]), AROUND);
    const [mine, his] = [metresBetween(me, place), metresBetween(keeper, place)];
    if ((gold === "me" ? his - mine : mine - his) < CLEARLY) continue;
    const think = `Me ${words(me)} is ${mine} away, keeper ${words(keeper)} is ${his} away. ${capital(gold)}.`;
    return { kind: "keeper", moment, ask: `Who is first at ${words(place)}, me or the keeper?`, think, gold };
  }
  return undefined;
}

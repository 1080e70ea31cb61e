/** @file How far something is, in whole metres. */
import type { Random } from "../../../env/random.ts";
import type { Moment } from "../moments.ts";
import { type Question, toldOf } from "../question.ts";
import { GOAL, type Place } from "../sight.ts";
import { words } from "../thought.ts";
import { capital } from "./answer.ts";
import { pick } from "../chance.ts";
import { metresBetween, steps } from "./metres.ts";

/** "How far to the goal?" "How far from the ball to mate 7?" */
export function distanceTo(random: Random, moment: Moment): Question | undefined {
  const { me, ball, keeper, mates } = toldOf(moment.sight);
  const things: [name: string, at: Place][] = [
    ["the goal", GOAL],
    ["the ball", ball],
    ...(keeper ? [["the keeper", keeper] as [string, Place]] : []),
    ...mates.slice(0, 2).map((mate): [string, Place] => [`mate ${mate.number}`, mate]),
  ];
  const from = pick(random, [["me", me] as const, ["me", me] as const, ["the ball", ball] as const]);
  const to = pick(
    random,
    things.filter(([name]) => name !== from[0]),
  );
  const ask = `How far ${from[0] === "me" ? "" : `from ${from[0]} `}to ${to[0]}?`;
  const think = `${capital(named(from))}, ${named(to)}. ${steps(from[1], to[1])}`;
  return { kind: "distance", moment, ask, think, gold: String(metresBetween(from[1], to[1])) };
}

function named([name, at]: readonly [string, Place]): string {
  return `${name.replace("the ", "")} ${words(at)}`;
}

/** @file Where things are: the thought of play without a decision. */
import { integer, type Random } from "../../../env/random.ts";
import type { Moment } from "../moments.ts";
import type { Question } from "../question.ts";
import { placesSeen, roughly, seenWords } from "../thought.ts";

/** "Where is the keeper?" */
export function look(random: Random, moment: Moment): Question {
  const seen = Object.entries(placesSeen(moment.sight));
  const [name, place] = seen[integer(random, seen.length)]!;
  const who = {
    me: "am I",
    ball: "is the ball",
    keeper: "is the keeper",
    near: "is the nearest opponent",
    mate: "is my mate",
  };
  const ask = `Where ${who[name as keyof typeof who]}?`;
  return { kind: "look", moment, ask, think: seenWords(moment.sight), gold: roughly(place) };
}

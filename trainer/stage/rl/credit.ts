/**
 * @file Which word of a decision is judged by what. Summed up over an episode, as play is, form and truth would make it
 * worth while to end the episode wherever much is said wrongly; so words are judged where they are said, against those of
 * all decisions.
 */
import { centred } from "../../advantage/index.ts";
import type { TurnExperience } from "../../experience/index.ts";
import { mentionsIn, type Named } from "../../question/index.ts";
import type { RlRecipe } from "../../recipes/index.ts";
import type { Lesson } from "./lesson.ts";
import { mean } from "./metrics.ts";

/** Rows of numbers, each of as many as its episode has turns or its turn has tokens. */
type Rows = readonly (readonly number[])[];

export interface Judging extends Pick<NonNullable<RlRecipe["episodes"]>, "truthPenalty" | "truthCredit"> {
  whitened: (advantages: Rows) => Rows;
}

/**
 * Lessons of decisions, of which is known what came of playing each. The form is judged with every token of a decision,
 * the truth of its thought with those of the thought: of `truthCredit` `thought` all of them by all places and the play
 * together, of `place` the numbers of a place by that place alone, for no play makes a wrong place right, and the rest
 * by the play.
 */
export function lessonsOf(
  episodes: readonly (readonly TurnExperience[])[],
  played: Rows,
  { truthPenalty, truthCredit, whitened }: Judging,
): Lesson[] {
  const turns = episodes.flat();
  const form = centred(turns.map(formOf));
  const decided = played.flat().map((one, i) => one + form[i]!);
  const decisions = whitenedEach(decided, whitened);
  const thoughts =
    truthCredit === "place"
      ? whitened(placesJudged(turns, decided, truthPenalty))
      : wholeJudged(turns, decided, whitened);
  return turns
    .map((experience, i): Lesson => {
      const { tokens, conclusionFrom } = experience;
      return {
        experience,
        advantages: tokens.map((_, t) => (t < conclusionFrom ? thoughts[i]![t]! : decisions[i]!)),
      };
    })
    .filter(({ advantages }) => advantages.length > 0);
}

function whitenedEach(all: readonly number[], whitened: Judging["whitened"]): number[] {
  return whitened(all.map((one) => [one])).map(([one]) => one!);
}

/** Of each token of each thought, all of a thought alike. */
function wholeJudged(
  turns: readonly TurnExperience[],
  decided: readonly number[],
  whitened: Judging["whitened"],
): number[][] {
  const truth = centred(turns.map(truthOf));
  const thoughts = whitenedEach(
    decided.map((one, i) => one + truth[i]!),
    whitened,
  );
  return turns.map(({ conclusionFrom }, i) => Array.from({ length: conclusionFrom }, () => thoughts[i]!));
}

/** Of each token of each thought. */
function placesJudged(
  turns: readonly TurnExperience[],
  decided: readonly number[],
  penalty: number,
): number[][] {
  const named = turns.map(placesNamed);
  const wrong = new Map<Named, number[]>();
  for (const { name, isRight } of named.flat()) {
    if (!wrong.has(name)) wrong.set(name, []);
    wrong.get(name)!.push(isRight ? 0 : 1);
  }
  const usual = new Map([...wrong].map(([name, all]) => [name, mean(all)]));
  const unnamed = centred(turns.map((turn, i) => -penalty * shareUnnamed(turn, named[i]!.length)));
  return turns.map(({ conclusionFrom }, i) => {
    const advantages = Array.from({ length: conclusionFrom }, () => decided[i]! + unnamed[i]!);
    for (const { name, isRight, from, to } of named[i]!)
      advantages.fill(penalty * (usual.get(name)! - (isRight ? 0 : 1)), from, Math.min(to, conclusionFrom));
    return advantages;
  });
}

/** The places that are judged and named, with the tokens of their numbers. */
function placesNamed({ text, ends, places }: TurnExperience) {
  const mentions = mentionsIn(text);
  return Object.entries(places).flatMap(([key, isRight]) => {
    const name = key as Named;
    const said = mentions[name];
    const from = said === undefined ? -1 : ends.findIndex((end) => end > said.from);
    if (said === undefined || from < 0) return [];
    const to = ends.findIndex((end) => end >= said.to);
    return [{ name, isRight, from, to: to < 0 ? ends.length : to + 1 }];
  });
}

function shareUnnamed({ places }: TurnExperience, named: number): number {
  const all = Object.keys(places).length;
  return all === 0 ? 0 : (all - named) / all;
}

export function formOf({ terms }: TurnExperience): number {
  return terms["format"] ?? 0;
}

export function truthOf({ terms }: TurnExperience): number {
  return terms["truth"] ?? 0;
}

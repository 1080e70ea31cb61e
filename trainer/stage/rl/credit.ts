/**
 * @file Which word of a decision is judged by what. Summed up over an episode, as play is, form and truth would make it
 * worth while to end the episode wherever much is said wrongly; so words are judged where they are said, against the same
 * words of all decisions.
 */
import type { TurnExperience } from "../../experience/index.ts";
import { type Claim, claimsIn } from "../../question/index.ts";
import type { Lesson } from "./lesson.ts";

/** Rows of numbers, each of as many as its episode has turns or its turn has tokens. */
type Rows = readonly (readonly number[])[];

export interface Judging {
  /** What a thought costs of which no claim is right; 0: what thoughts say is judged by what comes of it. */
  truthPenalty: number;
  whitened: (advantages: Rows) => Rows;
}

/**
 * Lessons of decisions, of which is known what came of playing each. The form is judged with every token. The words of
 * a claim in the thought are judged by it alone, for no play makes a wrong one right; the rest of the thought by the play
 * and by the claims that it does not make.
 */
export function lessonsOf(
  episodes: readonly (readonly TurnExperience[])[],
  played: Rows,
  { truthPenalty, whitened }: Judging,
): Lesson[] {
  const turns = episodes.flat();
  const form = centred(turns.map(formOf));
  const decided = played.flat().map((one, i) => one + form[i]!);
  const decisions = whitened(decided.map((one) => [one])).map(([one]) => one!);
  const thoughts = whitened(
    truthPenalty === 0
      ? turns.map(({ conclusionFrom }, i) => Array.from({ length: conclusionFrom }, () => decided[i]!))
      : thoughtsJudged(turns, decided, truthPenalty),
  );
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

/** Of each token of each thought. */
function thoughtsJudged(
  turns: readonly TurnExperience[],
  decided: readonly number[],
  penalty: number,
): number[][] {
  const made = turns.map(claimsMade);
  const wrong = new Map<Claim, number[]>();
  for (const { name, isRight } of made.flat()) {
    if (!wrong.has(name)) wrong.set(name, []);
    wrong.get(name)!.push(isRight ? 0 : 1);
  }
  const usual = new Map([...wrong].map(([name, all]) => [name, mean(all)]));
  const unmade = centred(turns.map((turn, i) => -penalty * shareUnmade(turn, made[i]!.length)));
  return turns.map(({ conclusionFrom }, i) => {
    const advantages = Array.from({ length: conclusionFrom }, () => decided[i]! + unmade[i]!);
    for (const { name, isRight, from, to } of made[i]!)
      advantages.fill(penalty * (usual.get(name)! - (isRight ? 0 : 1)), from, Math.min(to, conclusionFrom));
    return advantages;
  });
}

/** The claims that are judged and made, with the tokens of their words. */
function claimsMade({ text, ends, claims }: TurnExperience) {
  const spans = claimsIn(text);
  return Object.entries(claims).flatMap(([key, isRight]) => {
    const name = key as Claim;
    const span = spans[name];
    const from = span === undefined ? -1 : ends.findIndex((end) => end > span.from);
    if (span === undefined || from < 0) return [];
    const to = ends.findIndex((end) => end >= span.to);
    return [{ name, isRight, from, to: to < 0 ? ends.length : to + 1 }];
  });
}

function shareUnmade({ claims }: TurnExperience, made: number): number {
  const all = Object.keys(claims).length;
  return all === 0 ? 0 : (all - made) / all;
}

export function formOf({ terms }: TurnExperience): number {
  return terms["format"] ?? 0;
}

export function truthOf({ terms }: TurnExperience): number {
  return terms["truth"] ?? 0;
}

function centred(all: readonly number[]): number[] {
  const average = mean(all);
  return all.map((one) => one - average);
}

function mean(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length);
}

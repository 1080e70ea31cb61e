/**
 * @file Corrections: for some decisions of a rollout the thought that would have been true, to be imitated up to what to
 * do, which is left to rewards. As DAgger (arXiv 1011.0686) they are of the frames that the policy itself comes to.
 */
import { integer, type Random } from "../../../env/random.ts";
import { type ChatReader, encodeText } from "../../../agent/model/index.ts";
import type { Experience, TurnExperience } from "../../experience/index.ts";
import type { Lesson } from "./lesson.ts";

/** Of `count` decisions among the lessons, drawn with replacement; none where nobody knows what a frame shows. */
export function correctionsOf(
  reader: ChatReader,
  lessons: readonly Lesson[],
  count: number,
  random: Random,
): Lesson[] {
  const decisions = lessons.map(({ experience }) => experience).filter(isSeen);
  if (decisions.length === 0) return [];
  return Array.from({ length: count }, () =>
    correctionOf(reader, decisions[integer(random, decisions.length)]!),
  );
}

type Seen = TurnExperience & { seen: string };

function isSeen(experience: Experience): experience is Seen {
  return "seen" in experience;
}

function correctionOf(reader: ChatReader, decision: Seen): Lesson {
  const text = `<think>${decision.seen}`;
  // The last may be but a part of one that also begins the word after it, ". Run": it would teach to end there.
  const tokens = encodeText(reader, text, []).slice(0, -1);
  const nothing = tokens.map(() => 0);
  return {
    experience: { ...decision, text, tokens, logProbabilities: nothing, conclusionFrom: tokens.length },
    advantages: nothing,
    values: tokens.map(() => undefined),
  };
}

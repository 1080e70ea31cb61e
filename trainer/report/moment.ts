/** @file The moment at which an episode of football was decided, and the decision of the left side that led there. */
import type { DecisionRecord, Episode, StepRecord } from "../../env/episode/index.ts";
import type { Action } from "../../env/football/index.ts";

/** As the left side sees it. */
export type Turn = "goal" | "goal against" | "ball lost" | "ball out" | "time out";

export interface Moment {
  what: Turn;
  /** The step in which it happened, from 1. */
  step: number;
  /** The steps before the frame on which was decided what led there. */
  seen: number;
  /** Undefined where nobody plays by words. */
  decision: DecisionRecord | undefined;
  /** What the left side's first player did then. */
  action: Action | undefined;
}

/** Steps from a kick to what comes of it, at most. */
const FLIGHT_STEPS = 30;
const KICKS: ReadonlySet<string> = new Set(["pass", "shot", "clearance"]);

/** Undefined where nothing was played. */
export function decidingMoment(episode: Episode): Moment | undefined {
  const turn = turnOf(episode);
  if (turn === undefined) return undefined;
  const acted = kickBefore(episode, turn) ?? turn.step;
  const isLeft = (player: number | undefined): boolean =>
    player !== undefined && player < (episode.header?.scenario.left.players.length ?? 0);
  const stepAt = (step: number): StepRecord | undefined => episode.steps[step - 1];
  const decision = episode.decisions.findLast(
    ({ step, place, text, failed, unparsed }) =>
      step <= acted && isLeft(stepAt(step)?.players[place]) && (text ?? failed ?? unparsed) !== undefined,
  );
  const place = stepAt(acted)?.players.findIndex(isLeft) ?? -1;
  return {
    ...turn,
    seen: decision === undefined ? acted - 1 : decision.step - 1 - (decision.ageSteps ?? 0),
    decision,
    action: decision?.action ?? stepAt(acted)?.actions[place],
  };
}

/** The goal since which the winner has led; of a draw the last one. Without goals, how it ended. */
function turnOf({ header, steps, end }: Episode): Pick<Moment, "what" | "step"> | undefined {
  const goals = steps.flatMap(({ step, events }) =>
    events.flatMap((event) =>
      event.kind === "goal" ? [{ step, score: event.score, team: event.team }] : [],
    ),
  );
  const leads = [header?.scenario.start?.score ?? [0, 0], ...goals.map(({ score }) => score)].map(
    ([left, right]) => Math.sign(left - right),
  );
  // Before this goal the winner did not lead, and after it he always did.
  const goal = goals[leads.findLastIndex((lead) => lead !== leads.at(-1))] ?? goals.at(-1);
  if (goal !== undefined) return { what: goal.team === 0 ? "goal" : "goal against", step: goal.step };
  const last = steps.at(-1)?.step;
  if (last === undefined) return undefined;
  if (end?.ended === "possession-lost") return { what: "ball lost", step: last };
  return { what: end?.ended === "out-of-play" ? "ball out" : "time out", step: last };
}

/** The step of the left side's last kick, if what happened may have come of it. */
function kickBefore(
  { steps }: Episode,
  { what, step: last }: Pick<Moment, "what" | "step">,
): number | undefined {
  if (what === "goal against" || what === "time out") return undefined;
  return steps
    .slice(Math.max(0, last - FLIGHT_STEPS), last)
    .findLast(({ events }) => events.some(({ kind, team }) => team === 0 && KICKS.has(kind)))?.step;
}

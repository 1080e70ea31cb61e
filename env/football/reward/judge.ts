/** @file The reward terms of a step for each controlled player: what was before it, what is after it. */
import { chanceOfGoal } from "../brain/value.ts";
import { attackSign, toScenario } from "../pitch.ts";
import type { RewardTerm, RewardWeights, Scenario, Result } from "../scenario.ts";
import type { Match, Team } from "../state/match.ts";
import { approachOf } from "./approach.ts";
import { collectCheckpoints } from "./checkpoints.ts";
import { magebenchParts, magebenchScore, PASS_MOST, startMagebench } from "./magebench.ts";
import { teamView } from "./view.ts";
import type { RewardTerms } from "./weights.ts";

/** What a controlled player's action asked for. */
export type Asked = "pass" | "shot" | undefined;

export interface Before {
  score: readonly [number, number];
  /** Each team's chance of a goal from where the ball is. */
  chances: readonly [number, number];
  approach: readonly [number, number];
}

type Pair = readonly [left: number, right: number];

/** To be called once the actions are in and before anything moves. */
export function beforeStep(match: Match, weights: RewardWeights): Before {
  const { ball } = match;
  const chance = (team: Team): number =>
    chanceOfGoal({ match, team, sign: attackSign(team) }, ball.x, ball.y);
  return {
    score: [...match.score],
    chances: "expected_goals" in weights ? [chance(0), chance(1)] : [0, 0],
    approach: "approach" in weights ? [approachOf(match, 0), approachOf(match, 1)] : [0, 0],
  };
}

/**
 * The terms of each controlled player, or of the left team alone when there is none. What terms remember is brought
 * up to date, so this is called once a step, when it is over.
 */
export function judgeStep(
  match: Match,
  scenario: Scenario,
  weights: RewardWeights,
  before: Before,
  asked: readonly Asked[],
  result?: Result,
): RewardTerms[] {
  const scored = ([0, 1] as const).map((team) => match.score[team] > before.score[team]);
  const pairs = teamTerms(match, scenario, weights, before, asked);
  if ("result" in weights) pairs.result = opposed(result === undefined ? 0 : result === "success" ? 1 : -1);
  const of = (team: Team, place: number | undefined): RewardTerms => {
    const terms: Partial<Record<RewardTerm, number>> = {};
    for (const term of Object.keys(weights) as RewardTerm[]) {
      if (term !== "checkpoints") terms[term] = pairs[term]![team];
      else terms[term] = place === undefined ? 0 : collectCheckpoints(match, place, scored[team]!);
    }
    return terms;
  };
  if (match.slots.length === 0) return [of(0, undefined)];
  return match.slots.map(({ team }, place) => of(team, place));
}

/** Terms that all players of a team share. */
function teamTerms(
  match: Match,
  scenario: Scenario,
  weights: RewardWeights,
  before: Before,
  asked: readonly Asked[],
): Partial<Record<RewardTerm, Pair>> {
  const pairs: Partial<Record<RewardTerm, Pair>> = {};
  const { ball, score } = match;
  if ("scoring" in weights) {
    pairs.scoring = opposed(score[0] - before.score[0] - (score[1] - before.score[1]));
  }
  if ("possession" in weights) {
    pairs.possession = opposed(ball.possession === -1 ? 0 : attackSign(ball.possession) / scenario.steps);
  }
  if ("territory" in weights) {
    const [along] = toScenario(match.pitch, ball.x, ball.y);
    pairs.territory = opposed(Math.max(-1, Math.min(1, along)) / scenario.steps);
  }
  if ("expected_goals" in weights) {
    let chances = 0;
    for (const event of match.events) {
      if (event.kind === "shot") chances += attackSign(event.team) * before.chances[event.team];
    }
    pairs.expected_goals = opposed(chances);
  }
  if ("approach" in weights) {
    // After a goal the ball lies elsewhere, which is nobody's doing.
    const isGoal = score[0] + score[1] > before.score[0] + before.score[1];
    const moved = (team: Team): number => (isGoal ? 0 : approachOf(match, team) - before.approach[team]);
    pairs.approach = [moved(0), moved(1)];
  }
  if ("magebench" in weights || "magebench_capped" in weights) {
    const parts = ([0, 1] as const).map((team) => magebench(match, scenario, team, before, asked));
    pairs.magebench = [magebenchScore(parts[0]!), magebenchScore(parts[1]!)];
    pairs.magebench_capped = [magebenchScore(parts[0]!, PASS_MOST), magebenchScore(parts[1]!, PASS_MOST)];
  }
  return pairs;
}

/** What one team wins the other loses; 0 stays a plain 0. */
function opposed(left: number): Pair {
  return [left + 0, 0 - left];
}

const NOTHING = { advance: 0, opponentsPassed: 0, goal: 0, ballLost: 0, pass: 0, passScale: 1, shot: 0 };

function magebench(
  match: Match,
  scenario: Scenario,
  team: Team,
  before: Before,
  asked: readonly Asked[],
): typeof NOTHING {
  const view = teamView(match, team);
  const memory = match.rewards.magebench[team];
  if (!memory) {
    // The first step of an episode only opens the account.
    match.rewards.magebench[team] = startMagebench(view);
    return NOTHING;
  }
  const asks = (what: Asked): boolean =>
    match.slots.some((slot, i) => slot.team === team && asked[i] === what);
  return magebenchParts(memory, view, {
    passed: asks("pass"),
    shot: asks("shot"),
    scored: match.score[team] > before.score[team],
    conceded: match.score[1 - team]! > before.score[1 - team]!,
    stepsLeft: Math.max(0, scenario.steps + match.addedSteps - match.step),
  });
}

/** @file The plan of a league: who plays, what and how often. */
import { chooseActions } from "../../../agent/match/index.ts";
import { type Policy, parsePolicy, type PolicyOptions } from "../../../agent/policy/index.ts";
import type { Device } from "../../../agent/graph/index.ts";
import { TouchlineError } from "../../../env/error.ts";
import { PHYSICS_BUILD } from "../../../env/football/index.ts";
import { loadScenario } from "../../../scenarios/load.ts";
import { modelOf } from "../football/index.ts";
import { type RunPlan, sha256 } from "../index.ts";

/** As the suite of a run is named. */
export const LEAGUE = "league";

export interface LeaguePlan extends RunPlan {
  policies: readonly string[];
  scenario: string;
  /** Of each pair; their seeds count up from the run's, and of each there are two matches. */
  episodes: number;
  vary: boolean;
  /** Whether every match is kept as a file. */
  recorded: boolean;
  /** Of all who play by words; null for each one's own. */
  temperature: number | null;
  maxTokens: number | null;
  /** Of each policy; null for one without words. */
  models: readonly (Awaited<ReturnType<typeof modelOf>> | null)[];
  /** The game itself: the build of its physics, and the SHA-256 of the scenario. */
  physics: string;
  scenarioHash: string;
}

/** What a user may say of a league. */
export interface LeagueWishes {
  policies?: readonly string[] | undefined;
  scenario?: string | undefined;
  episodes?: number | undefined;
  seed?: number | undefined;
  vary?: boolean | undefined;
  recorded?: boolean | undefined;
  temperature?: number | undefined;
  maxTokens?: number | undefined;
}

/** What a plan says, as if it had been wished: a league is gone on with as it was begun. */
export function leagueWishesOf(plan: LeaguePlan): LeagueWishes {
  const { policies, scenario, episodes, seed, vary, recorded } = plan;
  const temperature = plan.temperature ?? undefined;
  const maxTokens = plan.maxTokens ?? undefined;
  return { policies, scenario, episodes, seed, vary, recorded, temperature, maxTokens };
}

/** Both teams are alike in it, and a match takes a second. */
const USUAL_SCENARIO = "5_vs_5";
const USUAL_EPISODES = 10;

/**
 * Reads the weights of folders for their hash.
 * @throws TouchlineError `bench/league` for fewer than two or one that is there twice; `policy/...`, `play/...`, `model/...`.
 */
export async function leaguePlanOf(wishes: LeagueWishes, device: Device = "cpu"): Promise<LeaguePlan> {
  const { policies = [], episodes = USUAL_EPISODES, seed = 0, vary = false, recorded = false } = wishes;
  checkPolicies(policies);
  const scenario = loadScenario(wishes.scenario ?? USUAL_SCENARIO);
  const models: LeaguePlan["models"][number][] = [];
  for (const policy of policies) {
    models.push(parsePolicy(policy).waits ? await modelOf(policy, device) : null);
  }
  return {
    suite: LEAGUE,
    policy: policies.join(", "),
    seed,
    repeats: 1,
    limit: null,
    headline: "micro",
    policies,
    scenario: scenario.id,
    episodes,
    vary,
    recorded,
    temperature: wishes.temperature ?? null,
    maxTokens: wishes.maxTokens ?? null,
    models,
    physics: PHYSICS_BUILD,
    scenarioHash: sha256(JSON.stringify(scenario)),
  };
}

function checkPolicies(policies: readonly string[]): void {
  const made: Policy[] = policies.map((policy) => parsePolicy(policy));
  for (const one of made) for (const other of made) chooseActions(undefined, one, other);
  const twice = policies.find((policy, place) => policies.indexOf(policy) !== place);
  if (twice !== undefined) {
    throw new TouchlineError("bench/league", `The policy "${twice}" is there twice; name each only once.`);
  }
  if (policies.length < 2) {
    const message = `A league needs two policies and more, and has ${policies.length}; write --policy for each of them.`;
    throw new TouchlineError("bench/league", message);
  }
}

/** What the policies of a league are told. */
export function wordsOf({ temperature, maxTokens, models }: LeaguePlan): PolicyOptions {
  const device = models.flatMap((one) => (one && "device" in one.model ? [one.model.device] : []))[0];
  return {
    ...(temperature !== null && { temperature }),
    ...(maxTokens !== null && { maxTokens }),
    ...(device !== undefined && { model: { device } }),
  };
}

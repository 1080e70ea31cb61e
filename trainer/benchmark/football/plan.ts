/** @file The plan of a run of football: what is wished, and what stands where nothing is. */
import type { Clock } from "../../../agent/match/index.ts";
import { parsePolicy, type PolicyOptions } from "../../../agent/policy/index.ts";
import type { Device } from "../../../agent/graph/index.ts";
import type { PlayStyle } from "../../../agent/protocol/index.ts";
import { PHYSICS_BUILD } from "../../../env/football/index.ts";
import { sha256 } from "../index.ts";
import { type ModelIdentity, respondentOf } from "../question/index.ts";
import type { FootballPlan } from "./record.ts";
import type { FootballSuite } from "./suites.ts";

/** What a user may say of a run. */
export interface FootballWishes {
  policy?: string | undefined;
  episodes?: number | undefined;
  seed?: number | undefined;
  vary?: boolean | undefined;
  recorded?: boolean | undefined;
  clock?: Clock | undefined;
  temperature?: number | undefined;
  maxTokens?: number | undefined;
}

/** What a plan says, as if it had been wished: a run is gone on with as it was begun. */
export function footballWishesOf(plan: FootballPlan): FootballWishes {
  const { policy, episodes, seed, vary, recorded, clock, words } = plan;
  return {
    policy,
    episodes,
    seed,
    vary,
    recorded,
    clock,
    ...(words && { temperature: words.temperature }),
    ...(words?.maxTokens && { maxTokens: words.maxTokens }),
  };
}

/** Reads the weights of a folder for their hash. @throws TouchlineError `policy/...`, `model/...`, `bench/read`. */
export async function footballPlanOf(
  suite: FootballSuite,
  wishes: FootballWishes & { policy: string },
  device: Device = "cpu",
): Promise<FootballPlan> {
  const { rules } = suite;
  const { policy, episodes = suite.episodes ?? 100, seed = 0, vary = false, recorded = false } = wishes;
  const { sets, waits = false } = parsePolicy(policy);
  return {
    suite: suite.name,
    policy,
    seed,
    repeats: 1,
    limit: null,
    headline: "scenario",
    episodes,
    vary,
    recorded,
    clock: wishes.clock ?? suite.clock ?? "paused",
    actions: rules && (sets?.includes(rules.actions) ?? true) ? rules.actions : null,
    offered: rules?.offered ?? null,
    words: waits ? wordsIn(suite, wishes, await modelOf(policy, device)) : null,
    physics: PHYSICS_BUILD,
    scenarios: sha256(JSON.stringify(suite.scenarios())),
  };
}

/** A folder that says how its model plays goes before the suite's prompt and length. */
function wordsIn(
  { rules }: FootballSuite,
  wishes: FootballWishes,
  model: Awaited<ReturnType<typeof modelOf>>,
): FootballPlan["words"] {
  const { temperature = model.style?.temperature ?? rules?.temperature ?? 1, maxTokens } = wishes;
  const own = model.style === null ? rules : undefined;
  return {
    temperature,
    topP: rules?.topP ?? 1,
    maxTokens: maxTokens ?? own?.maxTokens ?? null,
    prompt: own?.prompt ?? null,
    ...model,
  };
}

/** Who plays by words, and how his folder's `play.json` says that he does. */
export async function modelOf(
  policy: string,
  device: Device,
): Promise<{ model: ModelIdentity; style: PlayStyle | null }> {
  const { identity: model, style = null } = await respondentOf(policy, { device });
  return { model, style };
}

/** What the policies of a run are told. */
export function wordsOf({ words, offered }: FootballPlan): PolicyOptions {
  const names = offered === null ? {} : { offered };
  if (words === null) return names;
  const { temperature, topP, maxTokens, prompt, model } = words;
  return {
    ...names,
    temperature,
    topP,
    ...(maxTokens !== null && { maxTokens }),
    ...(prompt !== null && { prompt }),
    ...("device" in model && { model: { device: model.device } }),
  };
}

/** @file The plan of a run of football: what is wished, and what stands where nothing is. */
import { fileURLToPath } from "node:url";
import { parsePolicy, type PolicyOptions } from "../../../agent/policy/index.ts";
import type { Device } from "../../../agent/graph/index.ts";
import { hasStyle, readStyle, type PlayStyle } from "../../../agent/protocol/index.ts";
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
  temperature?: number | undefined;
  maxTokens?: number | undefined;
}

/** What a plan says, as if it had been wished: a run is gone on with as it was begun. */
export function footballWishesOf(plan: FootballPlan): FootballWishes {
  const { policy, episodes, seed, vary, recorded, words } = plan;
  return {
    policy,
    episodes,
    seed,
    vary,
    recorded,
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
  const { policy, episodes = 100, seed = 0, vary = false, recorded = false, temperature = 1 } = wishes;
  const { maxTokens = null } = wishes;
  const isInWords = parsePolicy(policy).waits === true;
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
    words: isInWords ? { temperature, maxTokens, ...(await modelOf(policy, device)) } : null,
    physics: PHYSICS_BUILD,
    scenarios: sha256(JSON.stringify(suite.scenarios())),
  };
}

const SHIPPED = fileURLToPath(new URL("../../../agent/weights/nano", import.meta.url));

async function modelOf(
  policy: string,
  device: Device,
): Promise<{ model: ModelIdentity; style: PlayStyle | null }> {
  const { identity: model } = await respondentOf(policy, { device });
  const folder = policy === "nano" ? SHIPPED : /^dir:(.+)$/s.exec(policy)?.[1];
  return { model, style: folder !== undefined && hasStyle(folder) ? readStyle(folder) : null };
}

/** What the policies of a run are told. */
export function wordsOf({ words }: FootballPlan): PolicyOptions {
  if (words === null) return {};
  const { temperature, maxTokens, model } = words;
  return {
    temperature,
    ...(maxTokens !== null && { maxTokens }),
    ...("device" in model && { model: { device: model.device } }),
  };
}

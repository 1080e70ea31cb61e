/** @file Plays an episode again and finds the first tick at which the world went another way. */
import { TouchlineError } from "../error.ts";
import { PHYSICS_BUILD } from "../football/index.ts";
import type { FootballEnv, FootballOptions, Scenario } from "../football/index.ts";
import { makeFrameHash } from "../frame/index.ts";
import type { Episode, EpisodeHeader, ResetRecord, StepRecord } from "./record.ts";
import type { Recorder } from "./recorder.ts";
import { makeRecorder } from "./recorder.ts";
import { same } from "./same.ts";

export interface Difference {
  /** Env step and physics tick, from 1; 0 is the reset. */
  step: number;
  tick: number;
  /** What differed first; `error` when the env refused the recorded actions. */
  what: (typeof FIELDS)[number] | "players" | "end" | "error";
  recorded: unknown;
  replayed: unknown;
}

export type Verdict =
  /** The steps and ticks that were played again and found equal. */
  { ok: true; steps: number; ticks: number } | { ok: false; difference: Difference };

/** Compared in this order: `ticks` names the exact tick, so it comes first. */
const FIELDS = ["ticks", "tick", "state", "events", "reward", "terms", "frame"] as const;

const HASH_LENGTH = 8;

type MakeEnv = (scenario: Scenario, options: FootballOptions) => Promise<FootballEnv>;

/**
 * Compares every state, tick, frame, event and reward of the part of the episode that could be read.
 * Throws what `checkReplayable` throws.
 */
export async function verifyEpisode(episode: Episode, makeEnv: MakeEnv): Promise<Verdict> {
  const replayable = checkReplayable(episode);
  const { header } = replayable;
  const env = await makeEnv(header.scenario, {
    observation: "none",
    control: header.control,
    actions: header.actions,
    rewards: header.rewards ?? {},
    hashTicks: true,
  });
  try {
    const frameHash = header.frame === null ? undefined : await makeFrameHash(env, header.frame);
    return replay(replayable, env, makeRecorder(env, frameHash));
  } finally {
    env.close();
  }
}

type Replayable = Episode & { header: EpisodeHeader; reset: ResetRecord };

/**
 * The episode itself, which can be played again from its start on.
 * Throws `episode/physics` when another physics build played it, `episode/unreadable` when its header or its
 * start is lost.
 */
export function checkReplayable(episode: Episode): Replayable {
  const { header, reset, damage } = episode;
  if (header === undefined || reset === undefined) {
    throw new TouchlineError(
      "episode/unreadable",
      `Nothing of the episode can be played again, for the damage begins before its first step. ${damage?.message}`,
    );
  }
  if (header.physics !== PHYSICS_BUILD) {
    throw new TouchlineError(
      "episode/physics",
      `The episode was played on ${header.physics}, and this program runs ${PHYSICS_BUILD}, which moves bodies ` +
        "differently; use the release of Touchline that played it.",
    );
  }
  return Object.assign(episode, { header, reset });
}

function replay({ header, reset, steps, end }: Replayable, env: FootballEnv, recorder: Recorder): Verdict {
  let { info } = env.reset({ seed: header.seed, vary: header.vary });
  let over = false;
  const start = compare(reset, recorder.reset(info), 0, 0);
  if (start !== undefined) return { ok: false, difference: start };

  for (const recorded of steps) {
    const here = { step: recorded.step, tick: info.tick };
    const fail = (what: Difference["what"], was: unknown, is: unknown): Verdict => ({
      ok: false,
      difference: { ...here, what, recorded: was, replayed: is },
    });
    if (over) return fail("end", "play goes on", recorder.end());
    if (!same(recorded.players, info.controlled)) return fail("players", recorded.players, info.controlled);
    let step;
    try {
      step = env.step(recorded.actions);
    } catch (error) {
      if (!(error instanceof TouchlineError)) throw error;
      return fail("error", recorded.actions, error.message);
    }
    const difference = compare(
      recorded,
      recorder.step(step, recorded.players, recorded.actions),
      info.tick,
      recorded.step,
    );
    if (difference !== undefined) return { ok: false, difference };
    over = step.terminated || step.truncated;
    info = step.info;
  }
  if (end === undefined) return { ok: true, steps: steps.length, ticks: info.tick };
  const { result, ...rest } = recorder.end();
  const replayed = end.result === undefined ? rest : { ...rest, result };
  if (!same(end, replayed)) {
    const difference: Difference = {
      step: info.step,
      tick: info.tick,
      what: "end",
      recorded: end,
      replayed,
    };
    return { ok: false, difference };
  }
  return { ok: true, steps: steps.length, ticks: info.tick };
}

/** The first field that differs; `before` is the tick at which the step began. */
function compare(
  recorded: ResetRecord | StepRecord,
  replayed: ResetRecord | StepRecord,
  before: number,
  step: number,
): Difference | undefined {
  const was: Partial<Record<string, unknown>> = { ...recorded };
  const is: Partial<Record<string, unknown>> = { ...replayed };
  for (const what of FIELDS) {
    // An episode whose ticks were not hashed is held against its states alone.
    if (what === "ticks" && !was["ticks"]) continue;
    if (same(was[what], is[what])) continue;
    if (what === "ticks") return firstTick(String(was[what]), String(is[what]), before, step);
    const tick = replayed.kind === "step" ? replayed.tick : before;
    return { step, tick, what, recorded: was[what], replayed: is[what] };
  }
  return undefined;
}

function firstTick(recorded: string, replayed: string, before: number, step: number): Difference {
  let at = 0;
  const hash = (hashes: string) => hashes.slice(at, at + HASH_LENGTH);
  while (hash(recorded) === hash(replayed)) at += HASH_LENGTH;
  const tick = before + at / HASH_LENGTH + 1;
  return {
    step,
    tick,
    what: "ticks",
    recorded: hash(recorded) || "no tick",
    replayed: hash(replayed) || "no tick",
  };
}

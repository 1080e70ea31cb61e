/**
 * @file What an episode looked like, as hashes: the same code runs in this process, in another one, in a worker
 * thread and in a browser, and the lists are compared.
 */
import type { Control, FootballEnv, Scenario } from "../../env/football/index.ts";
import { ACTIONS, makeEnv } from "../../env/football/index.ts";
import { makeFrameHash } from "../../env/frame/index.ts";
import type { Random } from "../../env/random.ts";
import { integer, makeRandom } from "../../env/random.ts";

export interface Case {
  scenario: Scenario;
  seed: number;
  vary: boolean;
  steps: number;
  control?: { left: Control; right: Control };
  /** What the controlled players do: anything at all, or run to the ball at full speed. */
  actions: "random" | "chase";
}

export interface Trace {
  /** Of the start and after each step. */
  states: string[];
  frames: string[];
  /** Of every physics tick, eight digits each. */
  ticks: string;
}

/** Plays a case to its last step or to the end of the episode. */
export async function trace(what: Case): Promise<Trace> {
  const { env, random } = await open(what);
  const frameHash = await makeFrameHash(env, { width: 224, height: 144 });
  const states = [env.stateHash()];
  const frames = [frameHash()];
  let ticks = "";
  for (let over = false; !over && states.length <= what.steps;) {
    const { terminated, truncated, info } = env.step(choose(what, env, random));
    over = terminated || truncated;
    ticks += info.tickHashes;
    states.push(env.stateHash());
    frames.push(frameHash());
  }
  env.close();
  return { states, frames, ticks };
}

/** Where two lists of traces part, in words; undefined when they are the same. */
export function parting(here: readonly Trace[], there: readonly Trace[]): string | undefined {
  if (here.length !== there.length) return `${here.length} traces here, ${there.length} there`;
  for (const [i, trace] of here.entries()) {
    for (const part of ["states", "frames", "ticks"] as const) {
      const [a, b] = [trace[part], there[i]![part]];
      if (a.length !== b.length) return `trace ${i}: ${a.length} ${part} here, ${b.length} there`;
      for (let at = 0; at < a.length; at++)
        if (a[at] !== b[at]) return `trace ${i}: ${part} differ from ${at} on`;
    }
  }
  return undefined;
}

export async function open(what: Case): Promise<{ env: FootballEnv; random: Random }> {
  const control = what.control ?? what.scenario.control;
  const env = await makeEnv(what.scenario, { control, hashTicks: true });
  env.reset({ seed: what.seed, vary: what.vary });
  return { env, random: makeRandom(what.seed, 77) };
}

const SPRINT = ACTIONS.indexOf("sprint");

/** An action for each controlled player. */
export function choose({ actions }: Case, env: FootballEnv, random: Random): number[] {
  const { ball, figures, step } = env.scene();
  const chased = figures.flatMap(({ x, y, controlled }, player) => {
    if (!controlled) return [];
    // Right players see the pitch turned by half a turn, and their directions with it.
    const sign = env.lineup.players[player]!.team === 0 ? 1 : -1;
    return [step === 0 ? SPRINT : direction(sign * (ball.x - x), sign * (ball.y - y))];
  });
  return actions === "chase" ? chased : chased.map(() => integer(random, ACTIONS.length));
}

/** The action for the nearest of the eight directions: x to the right, y down the picture. */
function direction(x: number, y: number): number {
  const flat = Math.abs(y) * 2 < Math.abs(x);
  const steep = Math.abs(x) * 2 < Math.abs(y);
  const horizontal = steep ? "" : x < 0 ? "left" : "right";
  const vertical = flat ? "" : y < 0 ? "top" : "bottom";
  const name = [vertical, horizontal].filter((part) => part !== "").join("_");
  return ACTIONS.findIndex((action) => action === name);
}

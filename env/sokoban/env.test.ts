/** @file The env against the contract of every game here, its snapshots, its episodes, and what it refuses. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkEnv } from "../check/index.ts";
import { loadHash } from "../hash.ts";
import { integer, makeRandom } from "../random.ts";
import { makeSokoban } from "./env.ts";
import { generateLevel } from "./generate.ts";
import { MOVES } from "./rules.ts";
import type { SokobanOptions } from "./types.ts";
import { readXsb } from "./xsb.ts";

const level = readXsb("#######\n#@ $ .#\n#  $ .#\n#######");
const refusal = (code: string): Error => expect.objectContaining({ code }) as Error;

describe("the contract of envs holds", () => {
  test.each<[string, SokobanOptions]>([
    ["with its defaults", {}],
    ["with frames", { size: "small-v0", observation: "frame", frame: { width: 120, height: 90 } }],
    ["with text and gym-sokoban's actions", { size: "small-v1", observation: "text", actions: "gym" }],
    ["with one level", { level, maxSteps: 30 }],
  ])("%s", async (_, options) => {
    const results = await checkEnv(() => makeSokoban(options), {
      steps: 20,
      mostSteps: 200,
    });
    expect(results.filter(({ ok, warning }) => !ok || warning)).toEqual([]);
  });
});

describe("an episode", () => {
  test("ends when all boxes are on targets, and tells its rewards", async () => {
    const env = await makeSokoban({ level });
    expect(env.reset({ seed: 4 }).info).toEqual({
      seed: 4,
      step: 0,
      moved: false,
      pushed: false,
      boxesOnTarget: 0,
      return: 0,
      bestReturn: 0,
    });
    const plan = ["right", "right", "right", "left", "left", "down", "right", "right"];
    const steps = plan.map((move) => env.step(move));
    expect(steps.map(({ reward }) => reward)).toEqual([-0.1, -0.1, 0.9, -0.1, -0.1, -0.1, -0.1, 10.9]);
    expect(steps.map(({ info }) => info.bestReturn)).toEqual([0, 0, 0.7, 0.7, 0.7, 0.7, 0.7, 11.2]);
    expect(steps.at(-1)).toEqual({
      observation: null,
      reward: 10.9,
      terminated: true,
      truncated: false,
      info: {
        seed: 4,
        step: 8,
        moved: true,
        pushed: true,
        boxesOnTarget: 2,
        return: 11.2,
        bestReturn: 11.2,
        ended: "solved",
      },
    });
    expect(() => env.step("up")).toThrow(refusal("env/episode-over"));
    expect(env.text()).toBe("#######\n#    *#\n#   @*#\n#######");
  });

  test("is cut off after 120 steps, or after as many as were asked for", async () => {
    for (const maxSteps of [undefined, 7]) {
      const env = await makeSokoban({ level, ...(maxSteps && { maxSteps }) });
      env.reset({ seed: 0 });
      let steps = 1;
      let last = env.step("up");
      for (; !last.truncated; steps++) last = env.step("up");
      expect(steps).toBe(maxSteps ?? 120);
      expect(last).toMatchObject({ terminated: false, info: { ended: "time", moved: false } });
    }
  });

  test("is of the seed's level", async () => {
    const env = await makeSokoban({ size: "v1" });
    env.reset({ seed: 11 });
    expect(env.level).toEqual(generateLevel("v1", 11).level);
    const { seed } = env.reset().info;
    expect(seed).not.toBe(11);
    expect(env.level).toEqual(generateLevel("v1", seed).level);
  });
});

test("play goes on from a snapshot as it went on before, in another env as well", async () => {
  const [env, other] = [await makeSokoban({ size: "small-v1" }), await makeSokoban({ size: "small-v1" })];
  const moves = fc.array(fc.constantFrom(...MOVES), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.nat(300), moves, moves, (seed, before, after) => {
      const play = (one: typeof env, list: readonly string[]) =>
        list.map((move) => ({ ...one.step(move), hash: one.stateHash(), text: one.text() }));
      env.reset({ seed });
      if (play(env, before).at(-1)!.terminated) return;
      const snapshot = structuredClone(env.snapshot());
      const first = playUntilEnd(env, after);
      env.restore(snapshot);
      expect(playUntilEnd(env, after)).toEqual(first);
      other.restore(snapshot);
      expect(playUntilEnd(other, after)).toEqual(first);
    }),
    { numRuns: 60 },
  );
});

function playUntilEnd(env: Awaited<ReturnType<typeof makeSokoban>>, moves: readonly string[]): unknown[] {
  const steps: unknown[] = [];
  for (const move of moves) {
    const step = env.step(move);
    steps.push({ ...step, hash: env.stateHash(), text: env.text() });
    if (step.terminated || step.truncated) break;
  }
  return steps;
}

test("episodes go as they always went: states and frames of random play", async () => {
  const { hash64 } = await loadHash();
  const golden: Record<string, string> = {};
  for (const size of ["small-v0", "v1", "large-v0"] as const) {
    const env = await makeSokoban({ size });
    const random = makeRandom(1);
    env.reset({ seed: 2 });
    const trace: string[] = [env.stateHash()];
    for (let i = 0; i < 60; i++) {
      env.step(integer(random, 4));
      trace.push(env.stateHash(), hash64(env.frame().data));
    }
    golden[size] = hash64(new TextEncoder().encode(trace.join("")));
  }
  expect(golden).toMatchInlineSnapshot(`
    {
      "large-v0": "7dd9d353f9411c0c",
      "small-v0": "7b1d84001ae2657c",
      "v1": "b9d15fe14112210b",
    }
  `);
});

describe("what is wrong is refused", () => {
  test.each<[string, SokobanOptions, string]>([
    ["a size", { size: "v9" }, "sokoban/variant"],
    ["a level", { level: { ...level, player: 0 } }, "sokoban/level"],
    ["a level with nothing to do", { level: readXsb("#####\n#@ *#\n#####") }, "sokoban/solved"],
    ["a set of actions", { actions: "pull" as "push" }, "action/set"],
    ["a kind of observation", { observation: "raw" as "text" }, "observation/kind"],
    ["a number of steps", { maxSteps: 0 }, "sokoban/steps"],
    ["a frame", { frame: { width: 10 } }, "frame/size"],
  ])("%s", async (_, options, code) => {
    await expect(makeSokoban(options)).rejects.toThrow(refusal(code));
  });

  test("play before reset and after close, and snapshots of another size or time", async () => {
    const env = await makeSokoban({ size: "small-v0" });
    expect(() => env.step("up")).toThrow(refusal("env/not-reset"));
    expect(() => env.frame()).toThrow(refusal("env/not-reset"));
    env.reset({ seed: 0 });
    const snapshot = env.snapshot();
    const larger = await makeSokoban({ size: "v0" });
    expect(() => larger.restore(snapshot)).toThrow(refusal("snapshot/level"));
    expect(() => env.restore({ ...snapshot, version: 0 as 1 })).toThrow(refusal("snapshot/version"));
    env.close();
    expect(() => env.reset()).toThrow(refusal("env/closed"));
  });
});

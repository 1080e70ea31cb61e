import { describe, expect, test } from "vitest";
import {
  ACTIONS,
  type FootballEnv,
  type Observation,
  type RawObservation,
} from "../../env/football/index.ts";
import { checkpointDistance } from "../../env/football/reward/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { rejection } from "./rejection.ts";
import { envOf } from "./situation.ts";

describe("Gymnasium's contract", () => {
  test("the same seed gives the same start, another seed another", async () => {
    const env = await envOf("11_vs_11_stochastic");
    env.reset({ seed: 123 });
    const first = env.stateHash();
    env.step("idle");
    env.reset({ seed: 123 });
    expect(env.stateHash()).toBe(first);
    env.reset({ seed: 124 });
    expect(env.stateHash()).not.toBe(first);
  });

  test("a reset without seed goes on with the generator, repeatably", async () => {
    const env = await envOf("academy_3_vs_1_with_keeper");
    const twice = (): string[] => {
      env.reset({ seed: 9 });
      env.reset();
      const second = env.stateHash();
      env.reset();
      return [second, env.stateHash()];
    };
    const hashes = twice();
    expect(new Set(hashes).size).toBe(2);
    expect(twice()).toEqual(hashes);
  });

  test("a goal terminates, the time limit truncates", async () => {
    const env = await envOf("academy_empty_goal_close");
    const random = makeRandom(1);
    env.reset({ seed: 1 });
    for (;;) {
      const step = env.step(env.advise(0, 1, random));
      if (!step.terminated) continue;
      expect(step).toMatchObject({ truncated: false, reward: 1, info: { ended: "goal", score: [1, 0] } });
      break;
    }
    env.reset({ seed: 1 });
    let last = env.step("idle");
    // Idle beside the ball: the magnet takes it, nobody comes.
    while (!last.terminated && !last.truncated) last = env.step("idle");
    expect(last.info.step).toBeLessThanOrEqual(400);
    if (last.truncated) expect(last).toMatchObject({ terminated: false, info: { ended: "time", step: 400 } });
  });

  test("close is idempotent", async () => {
    const env = await envOf("academy_empty_goal");
    env.reset({ seed: 1 });
    env.close();
    env.close();
    expect(rejection(() => env.reset())).toBe("env/closed");
  });

  test("observations lie in the space that is declared, in every scenario", async () => {
    for (const { id } of listScenarios()) {
      const env = await envOf(id, { observation: "raw" });
      const random = makeRandom(2);
      let { observation, info } = env.reset({ seed: 4, vary: true });
      for (let i = 0; i < 60; i++) {
        expect(contains(env.observationSpace, observation)).toBe(true);
        const step = env.step(info.controlled.map(() => integer(random, 19)));
        ({ observation, info } = step);
        if (step.terminated || step.truncated) break;
      }
    }
  });

  test("frames have the size asked for", async () => {
    const env = await envOf("academy_corner", { observation: "frame", frame: { width: 112, height: 84 } });
    const { observation } = env.reset({ seed: 1 });
    expect(
      contains(
        env.observationSpace,
        observation?.map((frame) => frameArray(frame)),
      ),
    ).toBe(true);
  });
});

function raw(observation: Observation): readonly RawObservation[] {
  return observation as readonly RawObservation[];
}

function frameArray(frame: unknown): unknown {
  const { data, width, height } = frame as { data: Uint8Array; width: number; height: number };
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]),
  );
}

/** Whether a value has the shape and the ranges of a space. */
function contains(space: FootballEnv["observationSpace"], value: unknown): boolean {
  switch (space.kind) {
    case "tuple":
      return space.spaces.every((part, i) => contains(part, (value as unknown[])[i]));
    case "dict":
      return Object.entries(space.spaces).every(([key, part]) =>
        contains(part, (value as Record<string, unknown>)[key]),
      );
    case "multi-binary":
      return (
        Array.isArray(value) && value.length === space.n && value.every((one) => typeof one === "boolean")
      );
    case "box": {
      const check = (part: unknown, shape: readonly number[]): boolean =>
        shape.length === 0
          ? typeof part === "number" && part >= space.low && part <= space.high
          : Array.isArray(part) &&
            part.length === shape[0] &&
            part.every((one) => check(one, shape.slice(1)));
      return check(value, space.shape);
    }
    default:
      return false;
  }
}

describe("a caller's mistakes", () => {
  test.each([
    ["a number past the set", 19, "action/unknown"],
    ["a negative number", -1, "action/unknown"],
    ["a fraction", 1.5, "action/unknown"],
    ["NaN", Number.NaN, "action/unknown"],
    ["a name that is none", "shoot", "action/unknown"],
    ["too many actions", [0, 0], "action/count"],
    ["too few actions", [], "action/count"],
  ])("%s is refused with a code", async (_name, action, code) => {
    const env = await envOf("academy_empty_goal");
    env.reset({ seed: 1 });
    expect(rejection(() => env.step(action as number))).toBe(code);
  });

  test("a near name is suggested", async () => {
    const env = await envOf("academy_empty_goal");
    env.reset({ seed: 1 });
    expect(() => env.step("short_pas")).toThrow(/"short_pass"/);
  });

  test("a step before the first reset and after the end are refused", async () => {
    const env = await envOf("academy_empty_goal_close");
    expect(rejection(() => env.step(0))).toBe("env/not-reset");
    env.reset({ seed: 1 });
    const random = makeRandom(1);
    while (!env.step(env.advise(0, 1, random)).terminated);
    expect(rejection(() => env.step(0))).toBe("env/episode-over");
    env.reset({ seed: 2 });
    env.step(0);
  });

  test("a snapshot of another scenario is refused", async () => {
    const env = await envOf("academy_empty_goal");
    const other = await envOf("academy_corner");
    env.reset({ seed: 1 });
    other.reset({ seed: 1 });
    expect(rejection(() => other.restore(env.snapshot()))).toBe("snapshot/scenario");
  });
});

test("the ten checkpoints lie where GRF puts them", () => {
  const distances = Array.from({ length: 10 }, (_, k) => Number(checkpointDistance(k).toFixed(3)));
  expect(distances).toEqual([0.99, 0.901, 0.812, 0.723, 0.634, 0.546, 0.457, 0.368, 0.279, 0.19]);
});

test("checkpoints and the goal pay 2 in all, once", async () => {
  const env = await envOf("academy_empty_goal", { rewards: { checkpoints: 1 } });
  env.reset({ seed: 3 });
  const random = makeRandom(1);
  let total = 0;
  for (;;) {
    const { reward, terminated } = env.step(env.advise(0, 1, random));
    total += reward;
    if (terminated) break;
  }
  expect(total).toBeCloseTo(2, 9);
});

test("a right player's actions, observation and reward are the left's, turned and negated", async () => {
  const env = await envOf("11_vs_11_stochastic", { observation: "raw", control: { left: [2], right: [2] } });
  const { observation } = env.reset({ seed: 2 });
  const [left, right] = raw(observation);
  expect(right!.right_team.map(([x, y]) => [0 - x, 0 - y])).toEqual(
    left!.left_team.map(([x, y]) => [x + 0, y + 0]),
  );
  const before = env.scene().figures;
  for (let i = 0; i < 5; i++) env.step(["right", "right"]);
  const after = env.scene().figures;
  expect(after[2]!.x).toBeGreaterThan(before[2]!.x);
  expect(after[13]!.x).toBeLessThan(before[13]!.x);
});

test("sticky actions hold until they are released", async () => {
  const env = await envOf("11_vs_11_stochastic", { observation: "raw", control: { left: [9] } });
  env.reset({ seed: 2 });
  const sticky = (action: (typeof ACTIONS)[number]): number[] =>
    raw(env.step(action).observation)[0]!.sticky_actions;
  expect(sticky("top")).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  expect(sticky("sprint")).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 1, 0]);
  expect(sticky("idle")).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 1, 0]);
  expect(sticky("bottom_left")).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 0]);
  expect(sticky("dribble")).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
  expect(sticky("release_sprint")).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 1]);
  expect(sticky("release_direction")).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(sticky("release_dribble")).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test("--vary gives many starts, the fixed start is one", async () => {
  for (const { id, variation } of listScenarios()) {
    if (!variation) continue;
    const env = await envOf(id);
    const starts = (vary: boolean): Set<string> => {
      const seen = new Set<string>();
      for (let seed = 0; seed < 40; seed += 2) {
        env.reset({ seed, vary });
        seen.add(JSON.stringify(env.scene().ball) + JSON.stringify(env.scene().figures));
      }
      return seen;
    };
    expect(starts(false).size).toBe(1);
    expect(starts(true).size).toBeGreaterThan(15);
  }
});

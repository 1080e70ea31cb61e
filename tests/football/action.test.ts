import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Action,
  ACTION_SETS,
  ACTIONS,
  type ActionSet,
  type FootballEnv,
  FULL_ACTIONS,
  IDLE_ACTIONS,
  SIMPLE_ACTIONS,
} from "../../env/football/index.ts";
import { parseSentence } from "../../env/football/action/index.ts";
import { between, integer, makeRandom, type Random } from "../../env/random.ts";
import { rejection } from "./rejection.ts";
import { envOf } from "./situation.ts";

describe("the sets", () => {
  test("full is GRF's full_action_set, name by name", () => {
    const grf =
      "idle left top_left top top_right right bottom_right bottom bottom_left long_pass high_pass short_pass shot " +
      "sprint release_direction release_sprint sliding dribble release_dribble builtin_ai keeper_rush pressure " +
      "team_pressure switch release_long_pass release_high_pass release_short_pass release_shot release_keeper_rush " +
      "release_sliding release_pressure release_team_pressure release_switch";
    expect(FULL_ACTIONS).toEqual(grf.split(" "));
  });

  test("every name of default is one of full, and simple has ten", () => {
    expect(ACTIONS.filter((name) => !(FULL_ACTIONS as readonly string[]).includes(name))).toEqual([]);
    expect(SIMPLE_ACTIONS).toHaveLength(10);
  });

  test("an unknown set is refused with the nearest one", async () => {
    await expect(envOf("academy_empty_goal", { actions: "semantics" as ActionSet })).rejects.toThrow(
      /"semantic"/,
    );
  });

  test("the same buttons do the same in default and in full", async () => {
    expect(await hashAfterButtons("full")).toBe(await hashAfterButtons("default"));
  });
});

describe("semantic", () => {
  test.each([
    ["Pass to #7!", "pass_to 7"],
    ["pass_to 7", "pass_to 7"],
    ["PASS 7", "pass_to 7"],
    ["through-ball to 9", "through_ball 9"],
    ["Shoot, near post", "shoot near post"],
    ["shot", "shoot"],
    ["Run top-right.", "run top right"],
    ["mark the player number 9", "mark 9"],
    ["hold", "hold"],
  ])("%s is read as %s", (said, meant) => {
    expect(parseSentence(said).text).toBe(meant);
  });

  test.each([
    ["prss", /"press"/],
    ["shoot nere post", /"shoot near post"/],
    ["", /Expected a sentence/],
    ["pass_to", /"pass_to 7"/],
  ])("%s is refused with the nearest sentence", (said, hint) => {
    expect(rejection(() => parseSentence(said))).toBe("action/unknown");
    expect(() => parseSentence(said)).toThrow(hint);
  });

  test("any text is read or refused, and what is read reads the same again", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (said) => {
        let text: string;
        try {
          text = parseSentence(said).text;
        } catch (error) {
          expect((error as { code: string }).code).toBe("action/unknown");
          return;
        }
        expect(parseSentence(text).text).toBe(text);
      }),
    );
  });
});

describe("continuous", () => {
  test.each([
    ["a number", 3],
    ["a direction too long", { direction: [2, 0], power: 0, loft: 0, kick: 0 }],
    ["NaN", { direction: [0, 0], power: Number.NaN, loft: 0, kick: 0 }],
    ["a part missing", { direction: [0, 0], power: 0, loft: 0 }],
  ])("%s is refused", async (_name, action) => {
    const env = await envOf("academy_empty_goal", { actions: "continuous" });
    env.reset({ seed: 1 });
    expect(rejection(() => env.step(action as Action))).toBe("action/continuous");
  });

  test("more power sends the ball farther, loft lifts it", async () => {
    const [soft, hard, high] = [await kicked(0.1, 0), await kicked(0.9, 0), await kicked(0.9, 1)];
    expect(hard.x).toBeGreaterThan(soft.x * 1.5);
    expect(high.z).toBeGreaterThan(hard.z);
  });
});

describe("continuous: a kick", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const part = fc.double({ min: -1, max: 1, noNaN: true });
  const run = fc.record({ direction: fc.tuple(part, part), power: share, loft: share, kick: fc.constant(0) });

  test("that the mask forbids changes nothing that the run alone would not; one that it allows does", async () => {
    const env = await envOf("11_vs_11_stochastic", { actions: "continuous" });
    const seen = { forbidden: 0, owned: 0 };
    fc.assert(
      fc.property(fc.nat(50), fc.array(run, { minLength: 20, maxLength: 30 }), (seed, runs) => {
        env.reset({ seed });
        for (let i = 0; i < 25; i++) env.step(IDLE_ACTIONS.continuous);
        for (const action of runs) {
          const before = env.snapshot();
          const { possible } = env.possibleActions(0).find((one) => one.action === "kick")!;
          const { match } = before;
          const hash = (what: Action) => {
            env.restore(before);
            env.step(what);
            return env.stateHash();
          };
          const kicked = hash({ ...action, power: 1, kick: 1 });
          const ran = hash(action);
          if (!possible) {
            seen.forbidden++;
            expect(kicked).toBe(ran);
          } else if (match.ball.owner === match.slots[0]!.player && hasDirection(action)) {
            seen.owned++;
            expect(kicked).not.toBe(ran);
          }
        }
      }),
      { numRuns: 12, seed: 3 },
    );
    expect(seen.forbidden).toBeGreaterThan(100);
    expect(seen.owned).toBeGreaterThan(5);
  });
});

function hasDirection({ direction: [x, y] }: { direction: readonly [number, number] }): boolean {
  return Math.hypot(x, y) > 1e-3;
}

function sample(random: Random, env: FootballEnv, set: ActionSet): Action {
  if (set === "continuous") {
    return {
      direction: [between(random, -1, 1), between(random, -1, 1)],
      power: between(random, 0, 1),
      loft: between(random, 0, 1),
      kick: between(random, 0, 1),
    };
  }
  const list = env.possibleActions(0);
  return list[integer(random, list.length)]!.action;
}

describe("the mask", () => {
  test.each(["full", "simple", "semantic"] as const)(
    "of %s: an action that it forbids changes nothing that idle would not",
    async (set) => {
      const env = await envOf("11_vs_11_stochastic", { actions: set });
      const random = makeRandom(3);
      let forbidden = 0;
      env.reset({ seed: 3 });
      for (let i = 0; i < 60; i++) {
        const before = env.snapshot();
        const impossible = env.possibleActions(0).filter(({ possible }) => !possible);
        const { action, reason } = impossible[integer(random, Math.max(1, impossible.length))] ?? {};
        if (action !== undefined) {
          forbidden++;
          expect(reason).toMatch(/\w+ \w+/);
          env.step(action);
          const tried = env.stateHash();
          env.restore(before);
          env.step(IDLE_ACTIONS[set]);
          expect({ action, hash: env.stateHash() }).toEqual({ action, hash: tried });
          env.restore(before);
        }
        const { terminated, truncated } = env.step(sample(random, env, set));
        if (terminated || truncated) env.reset({ seed: i });
      }
      expect(forbidden).toBeGreaterThan(10);
    },
  );

  test("of default: a forbidden action leaves him and the ball where idle would", async () => {
    const env = await envOf("11_vs_11_stochastic");
    const random = makeRandom(4);
    env.reset({ seed: 4 });
    for (let i = 0; i < 60; i++) {
      const before = env.snapshot();
      for (const { action, possible } of env.possibleActions(0)) {
        // A shot draws its aim from the generator even then, so chance may fall otherwise afterwards.
        if (possible || action === "shot") continue;
        const me = env.step(action).info.controlled;
        const { ball } = env.scene();
        env.restore(before);
        expect(env.step("idle").info.controlled).toEqual(me);
        expect(env.scene().ball).toEqual(ball);
        env.restore(before);
      }
      const { terminated, truncated } = env.step(sample(random, env, "default"));
      if (terminated || truncated) env.reset({ seed: i });
    }
  });

  test("gives its reasons", async () => {
    const env = await envOf("11_vs_11_stochastic", { actions: "semantic", control: { left: [3] } });
    env.reset({ seed: 2 });
    const reasons = new Map(env.possibleActions(0).map(({ action, reason }) => [action, reason]));
    expect(reasons.get("shoot")).toBe("play waits for the kick");
    expect(reasons.get("pass_to 4")).toBe("that is you");
    expect(reasons.get("hold")).toBeUndefined();
    expect(rejection(() => env.possibleActions(1))).toBe("env/place");
  });
});

test.each(ACTION_SETS)("random actions of %s play on both sides without an error", async (set) => {
  const env = await envOf("11_vs_11_stochastic", { actions: set, control: { left: "ball", right: [9] } });
  const random = makeRandom(7);
  env.reset({ seed: 7 });
  for (let i = 0; i < 150; i++) {
    const { terminated, truncated } = env.step([sample(random, env, set), sample(random, env, set)]);
    if (terminated || truncated) env.reset({ seed: i });
  }
  expect(env.scene().ball.x).not.toBeNaN();
});

test("builtin_ai plays like the built-in player: it scores into an empty goal", async () => {
  const env = await envOf("academy_empty_goal_close", { actions: "full" });
  let goals = 0;
  for (let seed = 0; seed < 10; seed++) {
    env.reset({ seed });
    for (;;) {
      const { terminated, truncated, info } = env.step("builtin_ai");
      if (!terminated && !truncated) continue;
      goals += info.score[0];
      break;
    }
  }
  expect(goals).toBeGreaterThan(7);
});

async function hashAfterButtons(actions: ActionSet): Promise<string> {
  const env = await envOf("academy_3_vs_1_with_keeper", { actions });
  env.reset({ seed: 5 });
  for (const name of ["right", "sprint", "idle", "release_sprint", "short_pass", "top", "idle"])
    env.step(name);
  return env.stateHash();
}

async function kicked(power: number, loft: number): Promise<{ x: number; z: number }> {
  const env = await envOf("academy_empty_goal_close", { actions: "continuous" });
  env.reset({ seed: 2 });
  for (let i = 0; i < 20 && env.snapshot().match.ball.owner !== 1; i++)
    env.step({ direction: [0, 0], power: 0, loft: 0, kick: 0 });
  const from = env.scene().ball.x;
  env.step({ direction: [-1, 0], power, loft, kick: 1 });
  for (let i = 0; i < 2; i++) env.step({ direction: [0, 0], power: 0, loft: 0, kick: 0 });
  const { x, z } = env.scene().ball;
  return { x: from - x, z };
}

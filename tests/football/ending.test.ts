/** @file What ends an episode, and whether that is a success: one row for each condition. */
import { describe, expect, test } from "vitest";
import { type End, holds, resultOf, type Scenario } from "../../env/football/index.ts";
import { validateScenario } from "../../scenarios/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { envOf } from "./situation.ts";

const drill = loadScenario("academy_empty_goal_close");

/** The drill with these ends and keys of its own, checked as a file would be. */
function drillWith(ends: readonly End[], more: object = {}): Scenario {
  return validateScenario({ ...drill, ...more, ends });
}

/** Plays with the built-in player's own advice until it ends. */
async function playedOut(scenario: Scenario, action?: string) {
  const env = await envOf(scenario, { actions: "semantic" });
  env.reset({ seed: 1 });
  for (;;) {
    const { info, terminated, truncated } = env.step([
      action ?? env.adviseSentence(0, 1, new Uint32Array(4)),
    ]);
    if (terminated || truncated)
      return { ended: info.ended, result: info.result, step: info.step, terminated };
  }
}

const BEHIND = { name: "behind", from: [-1, -0.42], to: [0, 0.42] } as const;
const BOX = { name: "box", from: [0.7, -0.24], to: [1, 0.24] } as const;
const zones = [BEHIND, BOX];

describe("an episode ends", () => {
  test.each<[string, End[], object, string, object]>([
    ["with a goal, which wins", [{ when: "goal" }], {}, "", { ended: "goal", result: "success" }],
    [
      "with a goal of a side",
      [{ when: "goal", by: "left", result: "failure" }],
      {},
      "",
      { ended: "goal", result: "failure" },
    ],
    [
      "not with a goal of the other",
      [{ when: "goal", by: "right" }],
      { steps: 60 },
      "",
      { ended: "time", result: "success" },
    ],
    [
      "when its steps are over, which loses",
      [],
      { steps: 5 },
      "hold",
      { ended: "time", result: "failure", terminated: false },
    ],
    [
      "when its steps are over, which wins where the scenario says so",
      [{ when: "time", result: "success" }],
      { steps: 5 },
      "hold",
      { ended: "time", result: "success" },
    ],
    [
      "when the steps are over and what wins has not come",
      [{ when: "goal", result: "success" }],
      { steps: 5 },
      "hold",
      { ended: "time", result: "failure" },
    ],
    [
      "when a side has kept the ball",
      [{ when: "possession", by: "left", steps: 7, result: "success" }],
      { start: { owner: "left.1" } },
      "hold",
      { ended: "possession", step: 7, result: "success" },
    ],
    [
      "when somebody is in a zone",
      [{ when: "enters", who: "ball", zone: "box", result: "success" }],
      { zones },
      "",
      { ended: "enters", result: "success" },
    ],
    [
      "when the ball is in a zone at a foot of a side",
      [{ when: "enters", who: "ball", zone: "box", by: "left", result: "success" }],
      { zones },
      "",
      { ended: "enters", result: "success" },
    ],
    [
      "not when the other side has it there",
      [{ when: "enters", who: "ball", zone: "box", by: "right" }],
      { zones, steps: 60 },
      "",
      { ended: "time" },
    ],
    [
      "when somebody has left a zone",
      [{ when: "leaves", who: "left.1", zone: "home", result: "failure" }],
      { zones: [{ name: "home", from: [0.5, -0.42], to: [0.8, 0.42] }] },
      "",
      { ended: "leaves", result: "failure" },
    ],
  ])("%s", async (_what, ends, more, action, expected) => {
    expect(await playedOut(drillWith(ends, more), action || undefined)).toMatchObject(expected);
  });

  test("never by leaving a zone in which nobody has been", async () => {
    const ends = [{ when: "leaves", who: "left.1", zone: "behind" }] as const;
    expect(await playedOut(drillWith(ends, { zones, steps: 20 }), "hold")).toMatchObject({ ended: "time" });
  });

  test("by the first of the list where two things happen at once", async () => {
    const whole = { from: [-1, -0.42], to: [1, 0.42] } as const;
    const both = [
      { when: "enters", who: "ball", zone: "one", result: "failure" },
      { when: "enters", who: "ball", zone: "two", result: "success" },
    ] as const;
    const more = {
      zones: [
        { name: "one", ...whole },
        { name: "two", ...whole },
      ],
    };
    expect(await playedOut(drillWith(both, more))).toMatchObject({ result: "failure", step: 1 });
    const turned = drillWith([both[1], both[0]], more);
    expect(await playedOut(turned)).toMatchObject({ result: "success", step: 1 });
  });
});

test("passes are counted in a row, and anew when the other side gets the ball", async () => {
  const ends = [{ when: "passes", by: "left", count: 2, result: "success" }] as const;
  const scenario = validateScenario({ ...loadScenario("academy_3_vs_1_with_keeper"), ends, steps: 200 });
  const env = await envOf(scenario, { actions: "semantic" });
  let most = 0;
  for (let seed = 0; seed < 20; seed++) {
    env.reset({ seed });
    let row = 0;
    for (let over = false; !over;) {
      const sentence = env
        .possibleActions(0)
        .find(({ action, possible }) => possible && action.startsWith("pass"));
      const taken = env.step([sentence?.action ?? env.adviseSentence(0, 1, new Uint32Array(4))]);
      for (const event of taken.info.events) {
        if (event.kind === "pass-completed") row = event.team === 0 ? row + 1 : 0;
        if (event.kind === "interception" || event.kind === "tackle") row = event.team === 0 ? row : 0;
      }
      over = taken.terminated || taken.truncated;
      if (taken.info.ended === "passes") expect(row).toBeGreaterThanOrEqual(2);
      most = Math.max(most, row);
    }
  }
  expect(most).toBeGreaterThanOrEqual(2);
});

test("what is counted is part of a snapshot and of the state's hash", async () => {
  const scenario = drillWith([{ when: "possession", by: "left", steps: 20, result: "success" }], {
    start: { owner: "left.1" },
  });
  const env = await envOf(scenario, { actions: "semantic" });
  env.reset({ seed: 1 });
  for (let i = 0; i < 5; i++) env.step(["hold"]);
  const snapshot = env.snapshot();
  const goOn = () => {
    for (;;) {
      const { info, terminated } = env.step(["hold"]);
      if (terminated) return [info.step, env.stateHash()];
    }
  };
  const first = goOn();
  env.restore(snapshot);
  expect(goOn()).toEqual(first);
  expect(first[0]).toBe(20);
});

test("without a result in its ends a scenario is won by goals since its start", () => {
  const start = { score: [0, 2] } as const;
  expect(resultOf({ ends: [{ when: "goal" }], start }, [1, 2], { when: "goal" })).toBe("success");
  expect(resultOf({ ends: [{ when: "goal" }], start }, [0, 3], { when: "goal" })).toBe("failure");
  expect(resultOf({ ends: [] }, [1, 1], undefined)).toBe("failure");
});

test("a zone holds its edge, whichever corners are given", () => {
  const zone = { name: "one", from: [0.5, 0.2], to: [0, -0.2] } as const;
  expect(
    [
      [0, 0.2],
      [0.5, -0.2],
      [0.2, 0],
    ].map((place) => holds(zone, place as [number, number])),
  ).toEqual([true, true, true]);
  expect(holds(zone, [0.51, 0])).toBe(false);
});

async function totalOf(result: "success" | "failure"): Promise<number> {
  const env = await envOf(drillWith([{ when: "time", result }], { steps: 4 }), {
    rewards: { result: 2, scoring: 0 },
  });
  env.reset({ seed: 0 });
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += env.step(0).reward;
  return sum;
}

test("the reward term `result` pays for success and costs for failure, once", async () => {
  expect(await totalOf("success")).toBe(2);
  expect(await totalOf("failure")).toBe(-2);
});

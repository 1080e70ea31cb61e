import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ACTION_SETS, makeEnv } from "../../../env/football/index.ts";
import type { Lineup, Scene } from "../../../env/frame/index.ts";
import { makeRandom } from "../../../env/random.ts";
import { listScenarios, loadScenario } from "../../../scenarios/load.ts";
import { badNumber, badScene, makeDeadlockWatch } from "./check.ts";
import { makeDrawer } from "./draw.ts";
import { soakMatch } from "./fixture.ts";
import { soak, soakFailures, soakTable } from "./index.ts";
import { grows, growthOf } from "./memory.ts";
import { playSoakMatch } from "./play.ts";

const scenarios = listScenarios().filter(({ suite }) => suite === "match");

describe("numbers that are none", () => {
  test.each<[string, unknown, string | undefined]>([
    ["NaN in an object in a list", { a: [{ b: 1 }, { b: NaN }] }, "a 1 b is NaN"],
    ["infinity in a typed array", { a: new Float64Array([1, 2, -Infinity]) }, "a 2 is -Infinity"],
    ["NaN by itself", NaN, "is NaN"],
    [
      "none among texts, null and bytes",
      { a: "NaN", b: null, c: new Uint8Array(3), d: [true, -0] },
      undefined,
    ],
  ])("%s", (_, value, bad) => {
    expect(badNumber(value)).toBe(bad);
  });

  test("one is found wherever it is put in the state of a match", async () => {
    const env = await makeEnv(loadScenario("5_vs_5"));
    env.reset({ seed: 1 });
    const { match } = env.snapshot();
    env.close();
    expect(badNumber(match)).toBeUndefined();
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom("x", "vy", "tired", "thinkSteps"),
        (id, key) => {
          const players = match.players.map((player) =>
            player.id === id ? { ...player, [key]: NaN } : player,
          );
          expect(badNumber({ ...match, players })).toBe(`players ${id} ${key} is NaN`);
        },
      ),
    );
  });
});

function withFigure(scene: Scene, change: Partial<Scene["figures"][number]>): Scene {
  const figures = scene.figures.map((figure, i) => (i === 2 ? { ...figure, ...change } : figure));
  return { ...scene, figures };
}

const megabytes = (values: readonly number[]): number[] => values.map((value) => value * 1_000_000);

async function start(): Promise<{ scene: Scene; lineup: Lineup }> {
  const env = await makeEnv(loadScenario("5_vs_5"));
  env.reset({ seed: 1 });
  const { lineup } = env;
  const scene = env.scene();
  env.close();
  return { scene, lineup };
}

describe("a scene", () => {
  test("is right at the start of a match", async () => {
    const { scene, lineup } = await start();
    expect(badScene(scene, lineup)).toBeUndefined();
  });

  test.each<[string, (scene: Scene) => Scene, string]>([
    ["a ball that is nowhere", (scene) => ({ ...scene, ball: { x: NaN, y: 0, z: 0 } }), "the ball is at"],
    ["a ball beyond the boards", (scene) => ({ ...scene, ball: { x: 0, y: 4100, z: 0 } }), "the ball is at"],
    ["a player beyond the boards", (scene) => withFigure(scene, { x: -6000 }), "player 2 is at -6000"],
    ["a player who is nowhere", (scene) => withFigure(scene, { y: NaN }), "player 2 is at"],
    [
      "a ball of a player who was sent off",
      (scene) => ({ ...withFigure(scene, { sentOff: true }), owner: 2 }),
      "the ball is player 2's",
    ],
    ["a ball of nobody there", (scene) => ({ ...scene, owner: 10 }), "the ball is player 10's"],
  ])("is wrong with %s", async (_, change, wrong) => {
    const { scene, lineup } = await start();
    expect(badScene(change(scene), lineup)).toContain(wrong);
  });

  test("lets those who were sent off stand far outside", async () => {
    const { scene, lineup } = await start();
    expect(badScene(withFigure(scene, { y: 15000, sentOff: true }), lineup)).toBeUndefined();
  });
});

describe("a deadlock", () => {
  const waiting = { mode: "corner", events: [] } as const;
  const kicked = { ...waiting, events: [{ kind: "corner", tick: 0, player: 0, team: 0 }] } as const;

  test("is a set piece that is waited for too long", () => {
    const watch = makeDeadlockWatch();
    const told = Array.from({ length: 61 }, () => watch(waiting));
    expect(told.slice(0, 60).every((each) => each === undefined)).toBe(true);
    expect(told[60]).toContain("corner did not restart");
  });

  test("is not one set piece after the other, nor play in between", () => {
    const watch = makeDeadlockWatch();
    for (let i = 0; i < 60; i++) watch(waiting);
    expect(watch(kicked)).toBeUndefined();
    for (let i = 0; i < 60; i++) expect(watch(waiting)).toBeUndefined();
    expect(watch({ mode: "normal", events: [] })).toBeUndefined();
    expect(watch(waiting)).toBeUndefined();
  });
});

describe("the matches of a soak", () => {
  test("are every scenario with every action set, and both ways to draw", () => {
    const all = Array.from({ length: scenarios.length * ACTION_SETS.length }, (_, i) =>
      soakMatch(3, i, scenarios),
    );
    expect(new Set(all.map(({ scenario, actions }) => `${scenario} ${actions}`)).size).toBe(all.length);
    expect(new Set(all.map(({ seed }) => seed)).size).toBe(all.length);
    expect(new Set(all.map(({ possible }) => possible)).size).toBe(2);
    expect(new Set(all.map(({ control }) => JSON.stringify(control))).size).toBeGreaterThan(7);
  });

  test("can be told by their place alone", async () => {
    const match = soakMatch(5, 12, scenarios);
    expect(soakMatch(5, 12, scenarios)).toEqual(match);
    const [one, two] = [await playSoakMatch(match, 120), await playSoakMatch(match, 120)];
    expect(one.failure).toBeUndefined();
    expect(one.steps).toBe(120);
    expect([two.hash, two.events]).toEqual([one.hash, one.events]);
  });

  test("tell what went wrong in one of them instead of ending all", async () => {
    const outcome = await playSoakMatch({
      ...soakMatch(5, 0, scenarios),
      control: { left: [99], right: "none" },
    });
    expect(outcome.failure).toContain("step 0");
  });
});

test.each(ACTION_SETS)("actions that are drawn of the set %s are ones that a step takes", async (actions) => {
  const env = await makeEnv(loadScenario("5_vs_5"), { actions, control: { left: "all", right: "ball" } });
  const random = makeRandom(4);
  env.reset({ seed: 4 });
  for (const possible of [true, false]) {
    const draw = makeDrawer(env, { actions, possible, hold: 4 }, random);
    for (let i = 0; i < 100; i++) env.step(draw());
  }
  expect(env.scene().step).toBe(200);
  env.close();
});

describe("memory", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i);

  test("that goes up and down by the same does not grow", () => {
    expect(grows(growthOf(megabytes(hundred.map((i) => 300 + (i % 10) * 20))))).toBe(false);
  });

  test("that grows by the warm-up only does not grow", () => {
    expect(grows(growthOf(megabytes(hundred.map((i) => (i < 20 ? 100 + i * 10 : 300)))))).toBe(false);
  });

  test("that gains half a megabyte a match under all the noise grows, and the line says by how much", () => {
    const growth = growthOf(megabytes(hundred.map((i) => 300 + i / 2 + (i % 2) * 10)));
    expect(grows(growth)).toBe(true);
    expect(growth.slope).toBeCloseTo(50, 0);
    expect(growth.growth).toBeCloseTo(39.5, 0);
  });
});

test("a short soak of every scenario over two threads goes well and tells so, and what does not", async () => {
  const options = { seed: 11, first: 0, matches: scenarios.length, scenarios, workers: 2, steps: 150 };
  const result = await soak(options);
  expect(soakFailures(result)).toEqual([]);
  expect(result.outcomes.map(({ match }) => match.place)).toEqual(scenarios.map((_, i) => i));
  expect(result.rss.every((bytes) => bytes > 1_000_000)).toBe(true);
  const table = soakTable(result);
  for (const { id } of scenarios) expect(table).toContain(`| \`${id}\` | 1 | 150 | 0 |`);
  const heard: string[] = [];
  const broken = await soak({
    ...options,
    scenarios: [{ ...scenarios[0]!, id: "no_such_scenario" }],
    matches: 1,
    workers: 1,
    onFailure: ({ failure }) => heard.push(failure ?? ""),
  });
  expect(heard[0]).toContain("no_such_scenario");
  expect(soakFailures(broken)).toHaveLength(1);
}, 120_000);

import { describe, expect, test } from "vitest";
import { type Control, makeEnv } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { envOf } from "./situation.ts";

describe("who is under control", () => {
  test.each<[string, { left: Control; right: Control }, number]>([
    ["nobody", { left: "none", right: "none" }, 0],
    ["the player at the ball of both sides", { left: "ball", right: "ball" }, 2],
    ["all of both sides, keepers included", { left: "all", right: "all" }, 22],
    ["a keeper alone", { left: [0], right: "none" }, 1],
    ["three that switch", { left: { count: 3 }, right: "none" }, 3],
    ["eleven that switch", { left: { count: 11 }, right: { count: 2 } }, 13],
  ])("%s", async (_name, control, count) => {
    const env = await envOf("11_vs_11_stochastic", { control });
    const { info } = env.reset({ seed: 1 });
    expect(new Set(info.controlled).size).toBe(count);
    expect(info.controlled).toHaveLength(count);
  });

  test("a fixed list keeps its players in its order", async () => {
    const env = await envOf("11_vs_11_stochastic", { control: { left: [5, 2], right: [0] } });
    env.reset({ seed: 1 });
    for (let i = 0; i < 80; i++) expect(env.step([0, 0, 0]).info.controlled).toEqual([5, 2, 11]);
  });

  test("slots that switch never share a player, and the first is on the ball", async () => {
    const env = await envOf("11_vs_11_stochastic", { control: { left: { count: 4 } }, actions: "full" });
    env.reset({ seed: 6 });
    const firsts = new Set<number>();
    for (let i = 0; i < 200; i++) {
      const { info } = env.step(["builtin_ai", "builtin_ai", "builtin_ai", "builtin_ai"]);
      expect(new Set(info.controlled).size).toBe(4);
      const { owner } = env.snapshot().match.ball;
      if (owner >= 0 && owner < 11 && info.mode === "normal" && owner !== 0) {
        expect(info.controlled[0]).toBe(owner);
      }
      firsts.add(info.controlled[0]!);
    }
    expect(firsts.size).toBeGreaterThan(2);
  });

  test.each([0, 12, 1.5])("%s players that switch are refused", async (count) => {
    await expect(envOf("11_vs_11_stochastic", { control: { left: { count } } })).rejects.toMatchObject({
      code: "control/count",
    });
  });
});

describe("a control that cannot be given is refused in one sentence", () => {
  test.each<[string, unknown, string, RegExp]>([
    [
      "a place that there is not",
      [1, 11],
      "control/place",
      /left team names 11, which is no place .* 0, 1, 2/,
    ],
    ["a negative place", [-1], "control/place", /-1/],
    ["half a place", [0.5], "control/place", /0\.5/],
    ["not a number", [Number.NaN], "control/place", /NaN/],
    ["a text for a place", ["1"], "control/place", /names 1, which is no place/],
    ["nothing for a place", [undefined], "control/place", /undefined/],
    ["a place twice", [2, 3, 2], "control/place", /names 2 twice/],
    ["an empty list", [], "control/place", /"none"/],
    ["another word", "bal", "control/unknown", /Did you mean "ball"\?/],
    ["null", null, "control/unknown", /null; expected "none", "ball", "all", a list of places/],
    ["a number", 3, "control/unknown", /of type number/],
    ["another object", { places: [1] }, "control/unknown", /of type object/],
    ["no number", { count: "two" }, "control/count", /asks for two players .* expected 1 to 11/],
  ])("%s", async (_name, left, code, message) => {
    const control = { left } as { left: Control };
    await expect(envOf("11_vs_11_stochastic", { control })).rejects.toMatchObject({
      name: "TouchlineError",
      code,
      message: expect.stringMatching(message),
    });
  });

  test("a player whom the scenario keeps for itself", async () => {
    const scenario = loadScenario("11_vs_11_stochastic");
    const players = scenario.right.players.map((player, i) => ({ ...player, controllable: i > 1 }));
    const kept = { ...scenario, right: { ...scenario.right, players } };
    await expect(makeEnv(kept, { control: { right: [1] } })).rejects.toMatchObject({
      code: "control/place",
      message: expect.stringMatching(/right team names 1, who may not be controlled; .* places 2, 3/),
    });
    const env = await envOf(kept, { control: { left: "none", right: "ball" } });
    expect(env.reset({ seed: 1 }).info.controlled[0]).toBeGreaterThan(12);
  });
});

test("a sent-off player's fixed place does nothing, and one that switches goes on with another", async () => {
  const env = await envOf("11_vs_11_stochastic", { control: { left: [9], right: { count: 3 } } });
  env.reset({ seed: 1 });
  for (let i = 0; i < 30; i++) env.step([0, 0, 0, 0]);
  const snapshot = env.snapshot();
  const [fixed, ...switching] = snapshot.match.slots.map((slot) => slot.player);
  for (const id of [fixed!, switching[1]!]) snapshot.match.players[id]!.sentOff = true;
  env.restore(snapshot);
  expect(
    env
      .possibleActions(0)
      .filter(({ possible }) => possible)
      .map(({ action }) => action),
  ).toEqual(["idle"]);
  const { info } = env.step(["right", 0, 0, 0]);
  expect(info.controlled[0]).toBe(fixed);
  expect(info.controlled.slice(1)).not.toContain(switching[1]);
  expect(new Set(info.controlled).size).toBe(4);
});

describe("GRF's orders", () => {
  test("switch gives control to another player, who stays for a while", async () => {
    const env = await envOf("11_vs_11_stochastic", {
      actions: "full",
      control: { left: "none", right: "ball" },
    });
    env.reset({ seed: 2 });
    for (let i = 0; i < 200; i++) {
      const { info } = env.step("idle");
      const { owner } = env.snapshot().match.ball;
      if (info.mode !== "normal" || owner < 0 || owner > 10) continue;
      const held = env.step("switch").info.controlled[0];
      expect(held).not.toBe(info.controlled[0]);
      return;
    }
    expect.unreachable("the left team never had the ball");
  });

  test("orders are held until they are released, and can be seen in the mask", async () => {
    const env = await envOf("11_vs_11_stochastic", { actions: "full", control: { left: [9] } });
    env.reset({ seed: 2 });
    for (const order of ["keeper_rush", "pressure", "team_pressure"] as const) {
      const release = (): boolean =>
        env.possibleActions(0).find(({ action }) => action === `release_${order}`)!.possible;
      expect(release()).toBe(false);
      env.step(order);
      env.step("idle");
      expect(release()).toBe(true);
      env.step(`release_${order}`);
      expect(release()).toBe(false);
    }
  });

  test("with pressure he runs at the opponent who has the ball", async () => {
    expect(await distanceWhile("pressure")).toBeLessThan((await distanceWhile("idle")) * 0.9);
  });

  test("with keeper_rush the keeper comes out to an opponent near his goal", async () => {
    expect(await keeperOut("keeper_rush")).toBeGreaterThan((await keeperOut("idle")) * 1.5);
  });
});

async function distanceWhile(action: string): Promise<number> {
  const env = await envOf("11_vs_11_stochastic", { actions: "full", control: { left: [9] } });
  env.reset({ seed: 1 });
  let sum = 0;
  for (let i = 0; i < 60; i++) {
    env.step(action);
    const { ball, figures } = env.scene();
    sum += Math.hypot(figures[9]!.x - ball.x, figures[9]!.y - ball.y);
  }
  return sum;
}

async function keeperOut(action: string): Promise<number> {
  const env = await envOf("academy_3_vs_1_with_keeper", {
    actions: "full",
    control: { left: "none", right: [1] },
  });
  env.reset({ seed: 3 });
  const start = env.scene().figures[4]!.x;
  let farthest = 0;
  for (let i = 0; i < 15; i++) {
    const { terminated } = env.step(action);
    farthest = Math.max(farthest, start - env.scene().figures[4]!.x);
    if (terminated) break;
  }
  return farthest;
}

/** @file A scenario tried by play: what is wrong with it is told. */
import { expect, test } from "vitest";
import { loadScenario } from "../../scenarios/node.ts";
import { startProblems, tryScenario } from "../../trainer/trial/index.ts";

test("players on one spot are told, as both counter-attacks of GRF have them", () => {
  expect(startProblems(loadScenario("academy_counterattack_easy")).join()).toMatch(
    /right\.\d+ and right\.\d+/,
  );
  expect(startProblems(loadScenario("academy_3_vs_1_with_keeper"))).toEqual([]);
});

test("who starts beyond the last defender but one is offside, and only where the law holds", () => {
  const drill = loadScenario("academy_3_vs_1_with_keeper");
  const players = drill.left.players.map((player, place) =>
    place === 2 ? { ...player, position: [0.95, 0.1] as const } : player,
  );
  const found = (offside: boolean) =>
    startProblems({ ...drill, left: { ...drill.left, players }, rules: { ...drill.rules, offside } });
  expect(found(true).join()).toContain("left.2 starts offside");
  expect(found(false)).toEqual([]);
});

test("what nobody has time to win is told", async () => {
  const { won, problems } = await tryScenario({ ...loadScenario("academy_3_vs_1_with_keeper"), steps: 2 }, 2);
  expect(won.scripted).toMatchObject({ n: 2, k: 0 });
  expect(problems.join()).toContain("Nobody has won it");
});

/** @file A moment of a match as a scenario: it begins as the moment was. */
import { expect, test } from "vitest";
import { clockOf, makeEnv } from "../../env/football/index.ts";
import { validateScenario } from "../../scenarios/index.ts";
import { captureScenario, isCapturable, loadScenario } from "../../scenarios/node.ts";

const NAME = { id: "captured", suite: "tests" };

test.each([20, 60, 95])("the scenario of step %i starts as the match stood", async (steps) => {
  const scenario = loadScenario("11_vs_11_easy_stochastic");
  const env = await makeEnv(scenario, { observation: "none", control: { left: "none", right: "none" } });
  env.reset({ seed: 5 });
  for (let step = 0; step < steps || !isCapturable(env.snapshot().match); step++) env.step([]);
  const { match } = env.snapshot();
  const captured = validateScenario(captureScenario(scenario, match, NAME));
  const again = await makeEnv(captured, { observation: "none" });
  again.reset({ seed: 1 });
  const { match: begun } = again.snapshot();
  expect(begun.score).toEqual(match.score);
  expect(begun.ball.owner).toBe(match.ball.owner);
  expect(clockOf(begun)).toBeCloseTo(clockOf(match), 5);
  expect(captured.steps).toBe(scenario.steps - match.step);
  for (const [id, player] of match.players.entries()) {
    const other = begun.players[id]!;
    for (const key of ["x", "y", "vx", "vy", "tired"] as const)
      expect(other[key]).toBeCloseTo(player[key], 3);
  }
  if (match.ball.owner < 0) expect(begun.ball.vx).toBeCloseTo(match.ball.vx, 4);
  expect(begun.ball.x).toBeCloseTo(match.ball.x, 3);
  again.close();
  env.close();
});

test("who was sent off is left out, and the places after him move up", async () => {
  const scenario = { ...loadScenario("5_vs_5"), control: { left: [2, 3], right: "none" as const } };
  const env = await makeEnv(scenario, { observation: "none" });
  env.reset({ seed: 5 });
  const { match } = env.snapshot();
  match.players[2]!.sentOff = true;
  match.ball.owner = 3;
  const captured = validateScenario(captureScenario(scenario, match, NAME));
  expect(captured.left.players).toHaveLength(scenario.left.players.length - 1);
  expect(captured.control.left).toEqual([2]);
  expect(captured.start?.owner).toBe("left.2");
  env.close();
});

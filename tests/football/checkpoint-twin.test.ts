/**
 * @file GRF's checkpoints a second time, worked out from the raw observations of played episodes as its wrapper
 * does (facts: football.md A6); shares nothing with the env.
 */
import { expect, test } from "vitest";
import type { FootballInfo, FootballOptions } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { playMoments, type Seen } from "./moments.ts";

const BOTH_SIDES = { left: "all", right: "all" } as const;

/** What CheckpointRewardWrapper adds, player by player, each seeing himself attack to the right. */
function checkpointTwin(): (seen: readonly Seen[], score: readonly number[]) => number[] {
  const collected: number[] = [];
  return (seen, score) =>
    seen.map(({ raw }, player) => {
      const reward = score[player]!;
      const before = (collected[player] ??= 0);
      if (reward === 1) collected[player] = 10;
      else if (raw.ball_owned_team === 0 && raw.ball_owned_player === raw.active) {
        const distance = Math.hypot(raw.ball[0] - 1, raw.ball[1]);
        while (collected[player] < 10 && distance <= 0.99 - (0.8 / 9) * collected[player])
          collected[player]++;
      }
      return reward + 0.1 * (collected[player] - before);
    });
}

test.each([
  ["academy_empty_goal", { control: { left: "all", right: "none" } }, 200],
  ["academy_3_vs_1_with_keeper", { control: BOTH_SIDES }, 200],
  ["1_vs_1_easy", { control: BOTH_SIDES }, 500],
  ["11_vs_11_stochastic", { control: { left: { count: 4 }, right: { count: 4 } } }, 400],
] as [string, FootballOptions, number][])(
  "checkpoints are paid to each controlled player of %s as GRF's wrapper pays them",
  async (id, options, steps) => {
    const left = loadScenario(id).left.players.length;
    let paid = 0;
    for (const seed of [1, 2]) {
      const twin = checkpointTwin();
      let before: FootballInfo["score"] = [0, 0];
      let first = true;
      const rewards = { scoring: 1, checkpoints: 1 };
      for await (const { seen, info } of playMoments(
        id,
        { ...options, rewards, observation: ["raw"] },
        seed,
        steps,
      )) {
        if (!first) {
          const gained = info.score[0] - before[0] - (info.score[1] - before[1]);
          const sides = info.controlled.map((player) => (player < left ? gained : -gained));
          const expected = twin(seen, sides);
          expected.forEach((reward, player) => expect(info.rewards[player]).toBeCloseTo(reward, 9));
          paid += expected.filter((reward) => reward > 0).length;
        }
        first = false;
        before = info.score;
      }
    }
    expect(paid).toBeGreaterThan(3);
  },
);

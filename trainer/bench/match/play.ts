/** @file One match of built-in players against built-in players, and what was counted in it. */
import { makeEnv, type Scenario } from "../../../env/football/index.ts";
import { makeTally, type MatchCounts } from "./tally.ts";

/** A match as plain data. The scenario and the difficulties stand in `Fixture`, the seed here. */
export interface Played {
  seed: number;
  score: readonly [number, number];
  /** Env steps, time that the referee added included. */
  steps: number;
  /** Who kicked off. */
  kickOff: 0 | 1;
  /** XXH64 of the last state. */
  hash: string;
  counts: MatchCounts;
}

/** A match that crashed. */
export interface Crash {
  seed: number;
  message: string;
}

/** Who plays whom: built-in players on both sides. */
export interface Fixture {
  scenario: Scenario;
  /** Difficulty of the left and of the right side. */
  difficulty: readonly [left: number, right: number];
}

/** Plays the whole match. Throws whatever the env throws. */
export async function playMatch({ scenario, difficulty }: Fixture, seed: number): Promise<Played> {
  const [left, right] = difficulty;
  const env = await makeEnv(
    {
      ...scenario,
      left: { ...scenario.left, difficulty: left },
      right: { ...scenario.right, difficulty: right },
    },
    { control: { left: "none", right: "none" } },
  );
  try {
    const tally = makeTally(env.lineup);
    env.reset({ seed });
    const kickOff = env.scene().restartTeam === 1 ? 1 : 0;
    env.onScene = tally.see;
    for (;;) {
      const { info, terminated, truncated } = env.step([]);
      tally.hear(info.events, info.step * 2 <= scenario.steps ? 0 : 1);
      if (!terminated && !truncated) continue;
      return {
        seed,
        score: info.score,
        steps: info.step,
        kickOff,
        hash: env.stateHash(),
        counts: tally.counts,
      };
    }
  } finally {
    env.close();
  }
}

/** @file Plays episodes of several scenarios, one after the other. */
import { type Lane, makeTaskPlayer, type Outcome, type RolloutTask } from "../../rollout/index.ts";

/** One episode of a scenario, by the place of its task. */
export interface EpisodeJob {
  task: number;
  seed: number;
}

export interface EpisodeDone {
  outcome: Outcome;
  milliseconds: number;
}

/** Holds the env and the policy of one scenario at a time. */
export function episodeLane(tasks: readonly RolloutTask[]): Lane<EpisodeJob, EpisodeDone> {
  let held: { task: number; player: ReturnType<typeof makeTaskPlayer> } | undefined;
  return {
    close: async () => held?.player.close(),
    async play({ task, seed }) {
      if (held?.task !== task) {
        await held?.player.close();
        held = { task, player: makeTaskPlayer(tasks[task]!) };
      }
      const started = performance.now();
      const outcome = await held.player.play(seed);
      return { outcome, milliseconds: Math.round(performance.now() - started) };
    },
  };
}

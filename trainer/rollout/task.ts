/** @file What a rollout plays, as plain data that can be sent to a worker, and the making of it. */
import { FileSink, makePlayer } from "../../agent/match/index.ts";
import type { Clock, EpisodeResult, MatchSetup, PlayEpisode } from "../../agent/match/index.ts";
import { type DecisionSteps, parsePolicy, type PolicyOptions } from "../../agent/policy/index.ts";
import type { FrameOptions } from "../../env/frame/index.ts";
import type { ActionSet, Control, RewardWeights, Scenario } from "../../env/football/index.ts";

export interface RolloutTask {
  scenario: Scenario;
  /** The policy of the left side, as in `--policy`. */
  policy: string;
  /** The policy of the right side; its built-in players without one. */
  opponent?: string | undefined;
  players?: Control | undefined;
  opponentPlayers?: Control | undefined;
  /** Which set both sides play with; without, the first that the policies can. */
  actions?: ActionSet | undefined;
  /** Weights of reward terms, over the scenario's. */
  rewards?: RewardWeights | undefined;
  vary?: boolean | undefined;
  /** For policies that play by words. */
  words?: PolicyOptions | undefined;
  decisionSteps?: DecisionSteps | undefined;
  /** What the policies see. */
  frame?: Partial<FrameOptions> | undefined;
  clock?: Clock | undefined;
  /** Folder for a file of each episode. */
  record?: string | undefined;
}

export interface Failure {
  seed: number;
  /** One line. */
  message: string;
}

export type Outcome = EpisodeResult | Failure;

export function failed(outcome: Outcome): outcome is Failure {
  return "message" in outcome;
}

/** Plays seeds of a task. After an episode that crashed everything is made anew, so that nothing of it is left. */
export function makeTaskPlayer(task: RolloutTask): {
  play(seed: number): Promise<Outcome>;
  close(): Promise<void>;
} {
  let player: { play: PlayEpisode; close: () => Promise<void> } | undefined;
  const close = async () => {
    const old = player;
    player = undefined;
    await old?.close();
  };
  return {
    close,
    async play(seed) {
      try {
        player ??= await makePlayer(setupOf(task));
        return await player.play(seed);
      } catch (error) {
        await close().catch(() => undefined);
        return { seed, message: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

function setupOf({ policy, opponent, record, words, ...task }: RolloutTask): MatchSetup {
  return {
    ...task,
    left: parsePolicy(policy, words),
    right: opponent === undefined ? undefined : parsePolicy(opponent, words),
    sink: record === undefined ? undefined : new FileSink(record),
    hashAll: record !== undefined,
  };
}

/** @file What a rollout plays, as plain data that can be sent to a worker, and the making of it. */
import { FeedSink, FileSink, makePlayer, opponentOf } from "../../agent/match/index.ts";
import type { Clock, EpisodeResult, MatchSetup, PlayEpisode } from "../../agent/match/index.ts";
import { type DecisionSteps, parsePolicy, type PolicyOptions } from "../../agent/policy/index.ts";
import { joinSinks } from "../../env/episode/index.ts";
import type { FrameOptions } from "../../env/frame/index.ts";
import type { ActionSet, Control, RewardWeights, Scenario } from "../../env/football/index.ts";

export interface RolloutTask {
  scenario: Scenario;
  /** The policy of the left side, as in `--policy`. */
  policy: string;
  /** The policy of the right side; its built-in players without one. */
  /** Of the right side; without it the scenario's own, and with "none" its built-in players. */
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
  /** A running page that shows the episodes, as far as it has time for them. */
  watch?: Watch | undefined;
}

export interface Watch {
  /** The page's address; `checkFeed` says whether it takes episodes. */
  url: string;
  /** What plays, in one word of small letters: `play`, `bench`. */
  by: string;
  /** Says nothing when the page is lost. */
  quiet?: boolean | undefined;
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
  let feed: FeedSink | undefined;
  const close = async () => {
    const old = player;
    player = undefined;
    feed?.close();
    await old?.close();
  };
  const open = async () => {
    const setup = setupOf(task);
    if (task.watch === undefined) return makePlayer(setup);
    feed ??= feedOf(task.watch, setup);
    return makePlayer({ ...setup, sink: setup.sink === undefined ? feed : joinSinks([setup.sink, feed]) });
  };
  return {
    close,
    async play(seed) {
      try {
        player ??= await open();
        const result = await player.play(seed);
        await feed?.arrived();
        return result;
      } catch (error) {
        await close().catch(() => undefined);
        return { seed, message: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

function feedOf({ quiet = false, ...watch }: Watch, { left, right }: MatchSetup): FeedSink {
  const thinks = left?.waits ?? right?.waits ?? false;
  return new FeedSink({ ...watch, thinks, ...(quiet && { tell: () => undefined }) });
}

function setupOf({ policy, opponent, record, words, ...task }: RolloutTask): MatchSetup {
  const right = opponentOf(task.scenario, opponent);
  return {
    ...task,
    left: parsePolicy(policy, words),
    right: right === undefined ? undefined : parsePolicy(right, words),
    sink: record === undefined ? undefined : new FileSink(record),
    hashAll: record !== undefined,
  };
}

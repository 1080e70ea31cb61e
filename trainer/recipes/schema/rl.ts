/** @file The stages of reinforcement learning: FRE in words, MGT on pictures and in play. */
import { z } from "zod";
import { REWARD_TERMS } from "../../../env/football/index.ts";
import {
  above,
  count,
  files,
  from,
  hasWeight,
  learning,
  mix,
  name,
  path,
  scenarios,
  sokoban,
} from "./common.ts";

/** As OpenRLHF calls them; `ppo` is what it calls gae. */
export const ALGORITHMS = ["reinforce_baseline", "ppo", "grpo", "rloo", "dr_grpo"] as const;

const SHARE = "a share of the answers, a number from 0 to 1";

const asked = z.strictObject({
  mix,
  /** In words (FRE), or of a picture (MGT). */
  shown: z.enum(["words", "frame"]).default("words"),
  scenarios,
  sokoban: z.exactOptional(sokoban),
  /** Questions of a rollout, and answers to each. */
  prompts: count(1, "questions"),
  samples: count(2, "answers to a question").default(8),
  /** `act`: how often each answer is tried, docs/QUESTIONS.md. */
  branches: count(1, "tries").default(2),
});

const played = z.strictObject({
  /** Scenarios or suites, and how often each is played, against the others. */
  scenarios: z
    .record(name, from(0, "a weight"), { error: "scenarios and their weights" })
    .refine(hasWeight, { error: "at least one scenario with a weight above 0" }),
  /** Episodes of a rollout. */
  episodes: count(1, "episodes"),
  /** Episodes that begin alike; 1 for all apart. */
  samples: count(1, "episodes that begin alike").default(1),
  /** Whether those begin where the episode does, or somewhere in it. */
  starts: z.enum(["seed", "branch"]).default("seed"),
  /** Weights of reward terms, docs/REWARDS.md. */
  rewards: z.partialRecord(z.enum(REWARD_TERMS), z.number(), {
    error: `reward terms (${REWARD_TERMS.join(", ")}) and their weights`,
  }),
  /** What words out of form cost. */
  formatPenalty: from(0, "a price").default(0.5),
  /** What a thought costs in which no place is where it says. */
  truthPenalty: from(0, "a price").default(0),
  /** Which words bear it: all of the thought together, or those of each place that place's. */
  truthCredit: z.enum(["thought", "place"]).default("thought"),
  /** How much of what comes a decision later counts. */
  gamma: z.number().gt(0).max(1).default(0.95),
  /** Decisions after which an episode is left. */
  maxTurns: count(1, "decisions").default(100),
  /** What is still to come then: nothing more, or what `ppo`'s value head expects (arXiv 1712.00378). */
  timeLimit: z.enum(["end", "bootstrap"]).default("bootstrap"),
  /** Episodes that are played at the same time. */
  concurrency: count(1, "episodes").default(64),
  /** Decisions that are learned, drawn from all of a rollout; without it all. */
  learned: z.exactOptional(count(1, "decisions")),
});

export function rl<Stage extends "fre" | "mgt">(stage: Stage) {
  return z.strictObject({
    model: path,
    stage: z.literal(stage),
    algorithm: z.enum(ALGORITHMS).default("reinforce_baseline"),
    /** Rollouts, each of which is learned from once. */
    steps: count(1, "rollouts"),
    /** JSONL files of `{"message", "answer"}`, as LMM-R1 has them; questions and play may stand beside. */
    data: z.exactOptional(files),
    /** What the model is told first, where a row of `data` brings no words of the system. */
    system: z.exactOptional(name),
    /** Rows of `data` in a rollout, and answers to each. */
    rolloutBatchSize: count(1, "questions").default(32),
    samplesPerPrompt: count(2, "answers to a question").default(8),
    questions: z.exactOptional(asked),
    episodes: z.exactOptional(played),
    /** The rule of rewards. */
    profile: z.enum(["guarded", "lmm-r1"]).default("guarded"),
    temperature: above(0, "a temperature").default(1),
    topP: z.number().gt(0).max(1).default(1),
    /** Of an answer. */
    maxTokens: count(1, "tokens").default(256),
    /** Texts that are written at the same time. */
    decodeBatchSize: count(1, "texts", 1024).default(64),
    /** Threads that act at the same time; 0: one for each core. */
    actors: count(0, "threads", 256).default(0),
    /** Samples of one step of the optimiser, and how often each rollout is gone over. */
    batchSize: count(1, "samples of a step").default(128),
    epochs: count(1, "passes over a rollout").default(1),
    /** Price of moving away from the model that the run begins with (OpenRLHF's init_kl_coef). */
    klCoefficient: from(0, "a price").default(0),
    clipLow: above(0, "a range").default(0.2),
    clipHigh: above(0, "a range").default(0.2),
    entropyCoefficient: from(0, "a price").default(0),
    /** `ppo`: of the value head's loss, and of its advantages. */
    valueCoefficient: from(0, "a weight").default(0.5),
    gaeLambda: z.number().min(0).max(1).default(1),
    /** How much tokens of the thought count beside its last word, which says what to do, and the answer. */
    thoughtWeight: from(0, "a weight").default(1),
    /** Below these for three rollouts in a row the policy has collapsed. */
    floors: z
      .strictObject({
        /** Share of answers in form. */
        format: z.number({ error: SHARE }).min(0, { error: SHARE }).max(1, { error: SHARE }).default(0.2),
        /** Nats of a token. */
        entropy: from(0, "nats").default(0.001),
      })
      .prefault({}),
    /** Episodes with the likeliest answers, of seeds that are never learned from; they are recorded. */
    evaluate: z.exactOptional(
      z.strictObject({
        scenarios: z.array(name).min(1),
        every: count(1, "rollouts").default(10),
        episodes: count(1, "episodes of each").default(20),
      }),
    ),
    ...learning,
    /** Rollouts from one checkpoint to the next. */
    saveEvery: count(1, "rollouts").default(10),
  });
}

export type RlRecipe = z.infer<ReturnType<typeof rl>>;

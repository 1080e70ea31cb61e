/** @file What a client may choose of a session, checked where it comes in. Nothing in it is a path. */
import { z } from "zod";
import { TouchlineError, unknownName } from "../../../env/error.ts";
import { ACTION_SETS, REWARD_TERMS } from "../../../env/football/index.ts";
import { frameSchema } from "../../../env/frame/index.ts";
import { PROMPT_NAMES } from "../../../agent/protocol/index.ts";
import { QUESTION_KINDS, type QuestionKind } from "../../question/index.ts";

/** What can be played beside the scenarios of football. */
export const SOKOBAN = "sokoban";
export const QUESTIONS = "questions";

/** What a player of football can be shown. */
export const SEEN = ["frame", "text", "simple115v2", "raw"] as const;

/** Larger frames would let one client fill the memory. */
const LARGEST_FRAME = 1024;

const frame = frameSchema(LARGEST_FRAME);
const place = z.int().min(0).max(21);
const control = z.union([
  z.enum(["none", "ball", "all"]),
  z.array(place).min(1).max(22),
  z.strictObject({ count: z.int().min(1).max(11) }),
]);
const prompt = z.enum(PROMPT_NAMES as [string, ...string[]]);
const common = {
  scenario: z.string().max(100),
  prompt: prompt.default("think-answer"),
  /** Whether `Turn.info` is told; OpenEnv has no place for it but the observation. */
  info: z.boolean().default(false),
};

export const footballSchema = z.strictObject({
  ...common,
  vary: z.boolean().default(false),
  actions: z.enum(ACTION_SETS).default("default"),
  players: control.default("ball"),
  opponentPlayers: control.default("none"),
  /** Adaptive of one player, 1 of several. */
  decisionSteps: z.exactOptional(z.union([z.int().min(1).max(100), z.literal("adaptive")])),
  rewards: z.exactOptional(z.partialRecord(z.enum(REWARD_TERMS), z.number().min(-1000).max(1000))),
  formatPenalty: z.number().min(0).max(100).default(0),
  see: z.array(z.enum(SEEN)).max(SEEN.length).default(["frame"]),
  frame: frame.default({}),
});
export type FootballConfig = z.infer<typeof footballSchema>;

export const sokobanSchema = z.strictObject({
  ...common,
  scenario: z.literal(SOKOBAN),
  /** One of gym-sokoban's names, or columns, rows and boxes. */
  size: z
    .string()
    .regex(/^(?:[a-z]*-?v\d|(?:[5-9]|1[0-3])x(?:[5-9]|1[0-3])x[1-5])$/)
    .default("small-v0"),
  /** One move an answer, or all of them in one. */
  mode: z.enum(["online", "global"]).default("online"),
  heldOut: z.boolean().default(false),
  maxSteps: z.int().min(1).max(1000).default(120),
  see: z
    .array(z.enum(["frame", "text"]))
    .max(2)
    .default(["frame"]),
});
export type SokobanConfig = z.infer<typeof sokobanSchema>;

const KINDS = Object.keys(QUESTION_KINDS) as [QuestionKind, ...QuestionKind[]];

export const questionSchema = z.strictObject({
  ...common,
  scenario: z.literal(QUESTIONS),
  /** How often each kind comes. */
  kinds: z
    .partialRecord(z.enum(KINDS).exclude(["act"]), z.number().min(0).max(1000))
    .default({ nearest: 1, distance: 1, lane: 1, offside: 1, keeper: 1, possession: 1 }),
  shown: z.enum(["frame", "words"]).default("frame"),
  /** Where moments of play come from; without it every academy scenario. */
  of: z.exactOptional(z.array(z.string().max(100)).min(1).max(20)),
  heldOut: z.boolean().default(false),
  frame: frame.default({ width: 168, height: 112, hud: false }),
});
export type QuestionConfig = z.infer<typeof questionSchema>;

export type SessionConfig = FootballConfig | SokobanConfig | QuestionConfig;

const NAMES = new Set(
  [footballSchema, sokobanSchema, questionSchema].flatMap((schema) => Object.keys(schema.shape)),
);

/** Whether a key of a request chooses anything of a session. */
export function isConfigKey(key: string): boolean {
  return NAMES.has(key);
}

/** `known`: the scenarios of football that are served. Throws `serve/scenario`, and zod's own error for any other key. */
export function readConfig(
  given: Readonly<Record<string, unknown>>,
  known: readonly string[],
): SessionConfig {
  const { scenario } = given;
  if (scenario === SOKOBAN) return sokobanSchema.parse(given);
  if (scenario === QUESTIONS) return questionSchema.parse(given);
  const config = footballSchema.parse(given);
  if (known.includes(config.scenario.replace(/@\d{1,2}$/, ""))) return config;
  throw new TouchlineError(
    "serve/scenario",
    unknownName("scenario", config.scenario, [...known, SOKOBAN, QUESTIONS]),
  );
}

export function isFootball(config: SessionConfig): config is FootballConfig {
  return config.scenario !== SOKOBAN && config.scenario !== QUESTIONS;
}

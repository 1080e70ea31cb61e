/**
 * @file What a line must look like. A whole line was written by us, so this catches hand-made files and
 * programming errors; the scenario and the frame options inside the header are checked where they are used.
 */
import { z } from "zod";
import {
  ACTION_SETS,
  ENDED,
  type FootballEvent,
  migrateScenario,
  REWARD_TERMS,
  type Scenario,
} from "../football/index.ts";
import type { FrameOptions } from "../frame/index.ts";
import type { EpisodeRecord } from "./record.ts";
import { EPISODE_FORMAT, EPISODE_VERSIONS } from "./record.ts";

const count = z.int().min(0);
const hash = z.string().regex(/^[0-9a-f]{16}$/);
const score = z.tuple([count, count]);
const events = z.array(
  z.custom<FootballEvent>(
    (value) =>
      z
        .looseObject({ tick: count, player: z.int().min(-1), team: z.literal([0, 1]), kind: z.string() })
        .safeParse(value).success,
  ),
);
const control = z.union([
  z.enum(["none", "ball", "all"]),
  z.array(count),
  z.object({ count: z.int().min(1) }),
]);
const side = z.string().nullable();
/** An index or a name, a sentence, or the numbers of `continuous`. */
const action = z.union([
  count,
  z.string(),
  z.object({
    direction: z.tuple([z.number(), z.number()]),
    power: z.number(),
    loft: z.number(),
    kick: z.number(),
  }),
]);

const frameOptions = z.custom<FrameOptions>((value) => typeof value === "object" && value !== null);

const header = z.object({
  kind: z.literal("header"),
  format: z.literal(EPISODE_FORMAT),
  version: z.literal(EPISODE_VERSIONS),
  physics: z.string(),
  scenario: z.looseObject({ id: z.string() }).transform((value) => migrateScenario(value) as Scenario),
  seed: z.number(),
  vary: z.boolean(),
  control: z.object({ left: control, right: control }),
  actions: z.enum(ACTION_SETS).default("default"),
  rewards: z.partialRecord(z.enum(REWARD_TERMS), z.number()).exactOptional(),
  frame: frameOptions.nullable(),
  frames: z
    .object({ left: frameOptions.exactOptional(), right: frameOptions.exactOptional() })
    .exactOptional(),
  policies: z.object({ left: side, right: side }),
  parent: z.object({ match: z.string(), episode: count, tick: count, step: count }).exactOptional(),
});

const reset = z.object({ kind: z.literal("reset"), events, state: hash, frame: hash.exactOptional() });

const step = z.object({
  kind: z.literal("step"),
  step: count,
  tick: count,
  players: z.array(count),
  actions: z.array(action),
  reward: z.number(),
  terms: z.record(z.string(), z.number()),
  events,
  state: hash,
  ticks: z.string().regex(/^([0-9a-f]{8})*$/),
  frame: hash.exactOptional(),
});

const decision = z.looseObject({
  kind: z.literal("decision"),
  step: count,
  place: count,
  action,
  by: z.enum(["policy", "person"]).exactOptional(),
  text: z.string().exactOptional(),
  think: z.string().exactOptional(),
  answer: z.string().exactOptional(),
  wellFormed: z.boolean().exactOptional(),
  unparsed: z.boolean().exactOptional(),
  reason: z.string().exactOptional(),
  failed: z.string().exactOptional(),
  prompt: z.array(z.unknown()).exactOptional(),
  tokens: z.array(z.object({ text: z.string(), logProbability: z.number() })).exactOptional(),
  promptTokens: count.exactOptional(),
  answerTokens: count.exactOptional(),
  milliseconds: z.number().exactOptional(),
  frameHash: hash.exactOptional(),
  ageSteps: count.exactOptional(),
});

const end = z.object({
  kind: z.literal("end"),
  terminated: z.boolean(),
  truncated: z.boolean(),
  ended: z.enum(ENDED).nullable(),
  result: z.enum(["success", "failure"]).exactOptional(),
  score,
  steps: count,
  return: z.object({ total: z.number() }).catchall(z.number()),
});

const record = z.discriminatedUnion("kind", [header, reset, step, decision, end]);

/** The record, or the first thing that is wrong with it. */
export function parseRecord(value: unknown): { record: EpisodeRecord } | { problem: string } {
  const parsed = record.safeParse(value);
  if (parsed.success) return { record: parsed.data };
  const issue = parsed.error.issues[0];
  return { problem: `${issue?.path.join(".") || "the line"}: ${issue?.message ?? "not a record"}` };
}

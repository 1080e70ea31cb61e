/**
 * @file The shape of a scenario file, as a zod schema of the types in env/football/scenario.ts. What one value
 * says about another (two keepers, a list that names nobody) is in check/.
 *
 * An `error` here is the phrase after "expected" in the sentence that the reader gets.
 */
import { z } from "zod";
import type { Scenario } from "../../env/football/scenario.ts";
import { decisionSteps, end, observation, obstacle, pitch, rewards, rules, start, zone } from "./play.ts";
import { control, team } from "./team.ts";
import { integer, point, text } from "./value.ts";
import { check, level, variation } from "./variation.ts";

const id = "the file's name without .json: letters, digits, _ and -";

/** What a file may leave out gets its default, so what comes out is always complete. */
export const scenarioSchema = z.strictObject({
  version: z.literal(2),
  id: z.string().regex(/^[A-Za-z0-9_-]+$/, { error: id }),
  suite: text,
  title: text,
  teaches: text,
  goal: text,
  steps: integer(1, 1_000_000, "a number of env steps, an integer"),
  ticksPerStep: integer(1, 100, "physics ticks in an env step, an integer").default(5),
  pitch: z.exactOptional(pitch),
  zones: z.exactOptional(z.array(zone).readonly()),
  obstacles: z.exactOptional(z.array(obstacle).readonly()),
  ball: point,
  start: z.exactOptional(start),
  left: team("left"),
  right: team("right"),
  control: z
    .strictObject({ left: control.default("ball"), right: control.default("none") })
    .default({ left: "ball", right: "none" }),
  rules,
  ends: z.array(end).readonly().default([]),
  opponent: z.exactOptional(text),
  rewards: z.exactOptional(rewards),
  decisionSteps: z.exactOptional(decisionSteps),
  observation: z.exactOptional(observation),
  variation: z.exactOptional(variation),
  levels: z.exactOptional(z.array(level).readonly()),
  checks: z.exactOptional(z.array(check).readonly()),
});

/**
 * These compile only while schema and type agree: what the schema lets through is a Scenario, and neither has a
 * key or a value that the other lacks.
 */
type Whole<T> = T extends object ? { readonly [K in keyof T]-?: Whole<Exclude<T[K], undefined>> } : T;
type Extends<A extends B, B> = A;
type File = z.output<typeof scenarioSchema>;
export type FileIsScenario = Extends<File, Scenario>;
export type FileHasNoMore = Extends<Whole<File>, Whole<Scenario>>;
export type FileHasNoLess = Extends<Whole<Scenario>, Whole<File>>;

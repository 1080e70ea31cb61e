/**
 * @file The shape of a scenario file, as a zod schema of the types in env/football/scenario.ts. What one value
 * says about another (two keepers, a list that names nobody) is in check.ts.
 *
 * An `error` here is the phrase after "expected" in the sentence that the reader gets.
 */
import { z } from "zod";
import { REWARD_TERMS, ROLES, type Scenario } from "../env/football/scenario.ts";

const x = "x on the pitch, a number from -1 (left goal line) to 1";
const y = "y on the pitch, a number from -0.42 (top of the picture) to 0.42";

const pair = { error: "a list of 2 numbers" };

const point = z
  .tuple(
    [
      z.number({ error: x }).min(-1, { error: x }).max(1, { error: x }),
      z.number({ error: y }).min(-0.42, { error: y }).max(0.42, { error: y }),
    ],
    pair,
  )
  .readonly();

const range = z.tuple([z.number(), z.number()], pair).readonly();

const between = (low: number, high: number) => {
  const error = `a number from ${low} to ${high}`;
  return z.number({ error }).min(low, { error }).max(high, { error });
};

const text = z.string().regex(/\S/, { error: "a text that is not empty" });

const player = z.strictObject({
  role: z.enum(ROLES),
  position: point,
  receiving: z.exactOptional(point),
  velocity: z.exactOptional(z.tuple([between(-10, 10), between(-10, 10)], pair).readonly()),
  skill: z.exactOptional(between(0, 1)),
  tired: z.exactOptional(between(0, 1)),
  lazy: z.boolean().default(false),
  controllable: z.boolean().default(true),
});

const difficulty = "a number from 0 (weakest) to 1";
const team = z.strictObject({
  name: text,
  difficulty: z.number().min(0, { error: difficulty }).max(1, { error: difficulty }),
  players: z
    .array(player)
    .min(1, { error: "a list of 1 to 11 players" })
    .max(11, { error: "a list of 1 to 11 players" })
    .readonly(),
});

const place = "a place in the team's list of players, an integer from 0";
const control = z.union(
  [
    z.enum(["none", "ball", "all"]),
    z
      .array(z.int({ error: place }).min(0, { error: place }))
      .min(1, { error: 'at least one place; nobody under control is "none"' })
      .readonly(),
    z.strictObject({ count: z.int().min(1) }).readonly(),
  ],
  {
    error:
      '"none", "ball", "all", a list of places in the team\'s list of players, or { "count": a number of players }',
  },
);

const half = "the env step at which the second half begins, an integer from 1, or null for one half";
const rules = z.strictObject({
  offside: z.boolean().default(true),
  fouls: z.boolean().default(true),
  cards: z.boolean().default(true),
  fatigue: z.boolean().default(true),
  secondHalf: z.int({ error: half }).min(1, { error: half }).nullable().default(null),
  stoppage: z.boolean().default(false),
  kickOff: z.enum(["left", "right", "by-seed"]).nullable().default(null),
  endOnScore: z.boolean().default(false),
  endOnPossessionChange: z.boolean().default(false),
  endOnOutOfPlay: z.boolean().default(false),
});

const lasts = 'steps, an integer from 1 to 100, or "adaptive"';
const decisionSteps = z.union([z.int().min(1).max(100), z.literal("adaptive")], { error: lasts });
const rewards = z.partialRecord(z.enum(REWARD_TERMS), z.number({ error: "a weight, a number" })).readonly();

const member = z.string().regex(/^(ball|(left|right)\.\d+)$/, {
  error: '"ball", or a player as "left.0": the side and the place in its list of players',
});

const variation = z.strictObject({
  reflect: z.boolean().default(false),
  shifts: z
    .array(z.strictObject({ members: z.array(member).min(1).readonly(), x: range, y: range }))
    .readonly()
    .default([]),
  choices: z.exactOptional(
    z
      .array(z.array(z.strictObject({ member, position: point })).readonly())
      .min(1, { error: "at least one choice; leave the key out when there is none" })
      .readonly(),
  ),
});

const steps = "a number of env steps, an integer from 1 to 1000000";
const ticks = "physics ticks in an env step, an integer from 1 to 100";
const id = "the file's name without .json: letters, digits, _ and -";

const goals = z.int({ error: "a number of goals, an integer from 0 to 99" }).min(0).max(99);
const speeds = { error: "a list of 3 numbers" };
const start = z.strictObject({
  score: z.exactOptional(z.tuple([goals, goals], pair).readonly()),
  clock: z.exactOptional(between(0, 7200)),
  owner: z.exactOptional(
    z.string().regex(/^(left|right)\.\d+$/, { error: 'a player as "left.0": the side and his place there' }),
  ),
  ballVelocity: z.exactOptional(
    z.tuple([between(-50, 50), between(-50, 50), between(-50, 50)], speeds).readonly(),
  ),
  ballHeight: z.exactOptional(between(0, 20)),
});

/** What a file may leave out gets its default, so what comes out is always complete. */
export const scenarioSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^[A-Za-z0-9_-]+$/, { error: id }),
  suite: text,
  title: text,
  teaches: text,
  goal: text,
  steps: z.int({ error: steps }).min(1, { error: steps }).max(1_000_000, { error: steps }),
  ticksPerStep: z.int({ error: ticks }).min(1, { error: ticks }).max(100, { error: ticks }).default(5),
  ball: point,
  start: z.exactOptional(start),
  left: team,
  right: team,
  control: z
    .strictObject({ left: control.default("ball"), right: control.default("none") })
    .default({ left: "ball", right: "none" }),
  rules,
  rewards: z.exactOptional(rewards),
  decisionSteps: z.exactOptional(decisionSteps),
  variation: z.exactOptional(variation),
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

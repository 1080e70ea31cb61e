/** @file What is played on and by which rules: pitch, zones, obstacles, the moment of the start, laws, ends. */
import { z } from "zod";
import { REWARD_TERMS, ZONE_COLOURS } from "../../env/football/scenario.ts";
import { frameSchema } from "../../env/frame/index.ts";
import { between, integer, member, pair, point, side, zoneName } from "./value.ts";

export const pitch = z.strictObject({
  length: z.exactOptional(between(20, 120)),
  width: z.exactOptional(between(15, 90)),
  goalWidth: z.exactOptional(between(1, 12)),
  goalHeight: z.exactOptional(between(1, 3)),
});

export const zone = z.strictObject({
  name: zoneName,
  from: point,
  to: point,
  colour: z.exactOptional(z.enum(ZONE_COLOURS)),
});

export const obstacle = z.strictObject({
  at: point,
  radius: z.exactOptional(between(0.1, 5)),
  size: z.exactOptional(z.tuple([between(0.1, 40), between(0.1, 40)], pair).readonly()),
});

const goals = integer(0, 99, "a number of goals, an integer");
const speeds = { error: "a list of 3 numbers" };

export const start = z.strictObject({
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

const half = "the env step at which the second half begins, an integer from 1, or null for one half";

export const rules = z.strictObject({
  offside: z.boolean().default(true),
  fouls: z.boolean().default(true),
  cards: z.boolean().default(true),
  fatigue: z.boolean().default(true),
  secondHalf: z.int({ error: half }).min(1, { error: half }).nullable().default(null),
  stoppage: z.boolean().default(false),
  kickOff: z.enum(["left", "right", "by-seed"]).nullable().default(null),
});

const steps = integer(1, 100_000, "a number of env steps, an integer");
const result = { result: z.exactOptional(z.enum(["success", "failure"])) };

export const end = z.discriminatedUnion("when", [
  z.strictObject({ when: z.literal("goal"), by: z.exactOptional(side), ...result }),
  z.strictObject({ when: z.literal("out-of-play"), ...result }),
  z.strictObject({ when: z.literal("possession-lost"), ...result }),
  z.strictObject({ when: z.literal("possession"), by: side, steps, ...result }),
  z.strictObject({ when: z.literal("passes"), by: side, count: integer(1, 1000), ...result }),
  z.strictObject({
    when: z.literal("enters"),
    who: member,
    zone: zoneName,
    by: z.exactOptional(side),
    ...result,
  }),
  z.strictObject({ when: z.literal("leaves"), who: member, zone: zoneName, ...result }),
  z.strictObject({ when: z.literal("time"), ...result }),
]);

export const rewards = z
  .partialRecord(z.enum(REWARD_TERMS), z.number({ error: "a weight, a number" }))
  .readonly();

const lasts = 'steps, an integer from 1 to 100, or "adaptive"';
export const decisionSteps = z.union([z.int().min(1).max(100), z.literal("adaptive")], { error: lasts });

export const observation = z.strictObject({
  // How large a frame is, and what is left out of it as a control, is for who plays to say.
  frame: z.exactOptional(frameSchema().omit({ width: true, height: true, tint: true, blank: true })),
  detail: z.exactOptional(z.enum(["short", "full"])),
});

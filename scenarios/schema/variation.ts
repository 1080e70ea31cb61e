/** @file What varies: the start from seed to seed, the difficulty from level to level, and what must hold of it. */
import { z } from "zod";
import { CONSTRAINTS } from "../../env/football/scenario.ts";
import { between, integer, member, point, range, text, zoneName } from "./value.ts";

const members = z.array(member).min(1).readonly();

export const variation = z.strictObject({
  reflect: z.boolean().default(false),
  shifts: z
    .array(z.strictObject({ members, x: range, y: range }))
    .readonly()
    .default([]),
  choices: z.exactOptional(
    z
      .array(z.array(z.strictObject({ member, position: point })).readonly())
      .min(1, { error: "at least one choice; leave the key out when there is none" })
      .readonly(),
  ),
  scatters: z.exactOptional(z.array(z.strictObject({ members, zone: zoneName })).readonly()),
  constraints: z.exactOptional(z.array(z.enum(CONSTRAINTS)).readonly()),
});

export const level = z.strictObject({
  title: text,
  changes: z.record(z.string(), z.unknown()).readonly(),
});

export const check = z.strictObject({
  policy: text,
  level: z.exactOptional(integer(1, 100)),
  atLeast: z.exactOptional(between(0, 1)),
  atMost: z.exactOptional(between(0, 1)),
});

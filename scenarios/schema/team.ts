/** @file Teams: their players, one by one or as a formation, and who is under control. */
import { z } from "zod";
import { ROLES } from "../../env/football/scenario.ts";
import { FORMATIONS, formationOf } from "../formation.ts";
import { between, pair, point, text } from "./value.ts";

const player = z.strictObject({
  role: z.enum(ROLES),
  position: point,
  receiving: z.exactOptional(point),
  velocity: z.exactOptional(z.tuple([between(-10, 10), between(-10, 10)], pair).readonly()),
  skill: z.exactOptional(between(0, 1)),
  tired: z.exactOptional(between(0, 1)),
  pace: z.exactOptional(between(0, 1)),
  strength: z.exactOptional(between(0, 1)),
  stamina: z.exactOptional(between(0, 1)),
  height: z.exactOptional(between(1.5, 2.1)),
  lazy: z.boolean().default(false),
  controllable: z.boolean().default(true),
});

const difficulty = "a number from 0 (weakest) to 1";
const howMany = { error: "a list of 1 to 11 players" };

/** A team of this side; a formation is written out as its players. */
export function team(side: "left" | "right") {
  return z
    .strictObject({
      name: text,
      difficulty: z.number().min(0, { error: difficulty }).max(1, { error: difficulty }),
      players: z.exactOptional(z.array(player).min(1, howMany).max(11, howMany).readonly()),
      formation: z.exactOptional(z.enum(FORMATIONS)),
    })
    .transform(({ players, formation, ...rest }, context) => {
      const formed = formation && formationOf(formation, side);
      const list: readonly z.output<typeof player>[] | undefined = players ?? formed;
      if (list !== undefined && (players === undefined || formed === undefined)) {
        return { ...rest, players: list };
      }
      const [key, message] =
        players === undefined
          ? ["players", `${howMany.error}, or a formation`]
          : ["formation", "either players or a formation"];
      context.addIssue({ code: "custom", path: [key], input: players && formation, message });
      return z.NEVER;
    });
}

const place = "a place in the team's list of players, an integer from 0";

export const control = z.union(
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

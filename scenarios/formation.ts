/** @file Formations written out as players: the keeper, and lines of so many from the back to the front. */
import type { Point, Role } from "../env/football/scenario.ts";

export const FORMATIONS = [
  "4-4-2",
  "4-3-3",
  "4-2-3-1",
  "4-5-1",
  "3-5-2",
  "3-4-3",
  "5-3-2",
  "5-4-1",
  "2-3-1",
  "3-2-1",
  "1-2-1",
  "2-2",
  "2-1",
  "1-1",
] as const;
export type Formation = (typeof FORMATIONS)[number];

export interface FormationPlayer {
  role: Role;
  position: Point;
  lazy: boolean;
  controllable: boolean;
}

/** Where lines stand, from the keeper's to the front one, the team attacking to the right; all in its own half. */
const KEEPER_X = -0.96;
const BACK_X = -0.7;
const FRONT_X = -0.08;
/** Of a line of two, and what each player more adds, up to the touchline. */
const WIDTH = 0.16;
const WIDTH_PER_PLAYER = 0.08;
const WIDEST = 0.34;

/** In the one frame of the pitch: the right team stands turned by half a turn. */
export function formationOf(formation: Formation, side: "left" | "right"): FormationPlayer[] {
  const lines = formation.split("-").map(Number);
  const sign = side === "left" ? 1 : -1;
  const player = (role: Role, x: number, y: number): FormationPlayer => ({
    role,
    // Adding 0 makes -0 a plain 0.
    position: [round(sign * x) + 0, round(sign * y) + 0],
    lazy: false,
    controllable: true,
  });
  return [
    player("GK", KEEPER_X, 0),
    ...lines.flatMap((count, line) => {
      const x = lines.length === 1 ? BACK_X : BACK_X + ((FRONT_X - BACK_X) * line) / (lines.length - 1);
      return Array.from({ length: count }, (_, i) => player(roleOf(line, lines, i), x, acrossOf(i, count)));
    }),
  ];
}

/** From the top of the picture, which is the left wing of a team that attacks to the right. */
function acrossOf(place: number, count: number): number {
  if (count === 1) return 0;
  const half = Math.min(WIDEST, WIDTH + WIDTH_PER_PLAYER * (count - 2));
  return -half + (2 * half * place) / (count - 1);
}

function roleOf(line: number, lines: readonly number[], place: number): Role {
  const count = lines[line]!;
  const wing = count >= 3 && (place === 0 ? "L" : place === count - 1 ? "R" : undefined);
  if (line === 0) return count >= 4 && wing ? `${wing}B` : "CB";
  if (line === lines.length - 1) return "CF";
  if (wing) return `${wing}M`;
  if (lines.length === 4) return line === 1 ? "DM" : "AM";
  return "CM";
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

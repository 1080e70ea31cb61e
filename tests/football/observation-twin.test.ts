/**
 * @file GRF's vectors and maps a second time, worked out from the raw observations of played episodes as GRF's
 * wrappers do (facts: football.md A5), in plain arithmetic that shares nothing with the env.
 */
import { describe, expect, test } from "vitest";
import type { FootballOptions, RawObservation as Raw } from "../../env/football/index.ts";
import { playMoments } from "./moments.ts";

const KINDS = { observation: ["raw", "simple115v2", "smm"] } as const;
const BOTH_SIDES = { left: "all", right: "all" } as const;
const EPISODES: [id: string, options: FootballOptions][] = [
  ["1_vs_1_easy", { control: BOTH_SIDES }],
  ["academy_3_vs_1_with_keeper", { control: BOTH_SIDES }],
  ["academy_counterattack_easy", { control: { left: [7, 10], right: [3] } }],
  ["11_vs_11_stochastic", { control: { left: "ball", right: "ball" } }],
];

function eleven(pairs: readonly (readonly number[])[]): number[] {
  const flat = pairs.flat();
  while (flat.length < 22) flat.push(-1);
  return flat;
}

function oneHot(length: number, at: number): number[] {
  return Array.from({ length }, (_, i) => (i === at ? 1 : 0));
}

/** football.md A5: eleven pairs of each of the four, then the ball and three one-hot codes. */
function vectorOf(raw: Raw): number[] {
  return [
    ...eleven(raw.left_team),
    ...eleven(raw.left_team_direction),
    ...eleven(raw.right_team),
    ...eleven(raw.right_team_direction),
    ...raw.ball,
    ...raw.ball_direction,
    ...oneHot(3, [-1, 0, 1].indexOf(raw.ball_owned_team)),
    ...oneHot(11, raw.active),
    ...oneHot(7, raw.game_mode),
  ];
}

/** Cells of the 72 x 96 map that hold a mark, as `plane row column`. */
function marksOf(raw: Raw): Set<string> {
  const marks = new Set<string>();
  const mark = (plane: number, [x = 0, y = 0]: readonly number[]): void => {
    const column = Math.min(95, Math.max(0, Math.trunc(((x + 1) / 2) * 96)));
    const row = Math.min(71, Math.max(0, Math.trunc(((y + 1 / 2.25) / (2 / 2.25)) * 72)));
    marks.add(`${plane} ${row} ${column}`);
  };
  raw.left_team.forEach((place, i) => raw.left_team_active[i] && mark(0, place));
  raw.right_team.forEach((place, i) => raw.right_team_active[i] && mark(1, place));
  mark(2, raw.ball);
  mark(3, raw.left_team[raw.active]!);
  return marks;
}

function marksIn(map: Uint8Array, planes: number, first: number): Set<string> {
  const marks = new Set<string>();
  map.forEach((value, i) => {
    const plane = (i % planes) - first;
    if (value === 0 || plane < 0 || plane > 3) return;
    if (value !== 255) throw new Error(`A map holds ${value}.`);
    const cell = Math.floor(i / planes);
    marks.add(`${plane} ${Math.floor(cell / 96)} ${cell % 96}`);
  });
  return marks;
}

describe.each(EPISODES)("%s", (id, options) => {
  test("simple115v2 holds what the raw observation does, in the order of GRF's code", async () => {
    for await (const { seen } of playMoments(id, { ...KINDS, ...options }, 3, 60)) {
      for (const { raw, simple115v2 } of seen) {
        expect(simple115v2).toHaveLength(115);
        expect([...simple115v2]).toEqual(vectorOf(raw).map(Math.fround));
      }
    }
  });

  test("smm marks the cells of the raw observation's places and no others", async () => {
    for await (const { seen } of playMoments(id, { ...KINDS, ...options }, 4, 40)) {
      for (const { raw, smm } of seen) {
        expect(smm).toHaveLength(72 * 96 * 4);
        expect(marksIn(smm, 4, 0)).toEqual(marksOf(raw));
      }
    }
  });

  test("stacked smm holds the last four maps, the oldest first, the first one standing for those before", async () => {
    const past: Set<string>[][] = [];
    for await (const { seen } of playMoments(id, { ...KINDS, ...options, stacked: true }, 5, 12)) {
      past.push(seen.map(({ raw }) => marksOf(raw)));
      seen.forEach(({ smm }, player) => {
        expect(smm).toHaveLength(72 * 96 * 16);
        for (let age = 0; age < 4; age++) {
          const moment = past[Math.max(0, past.length - 1 - age)]!;
          expect(marksIn(smm, 16, (3 - age) * 4)).toEqual(moment[player]);
        }
      });
    }
  });
});

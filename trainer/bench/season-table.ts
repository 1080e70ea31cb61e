/** @file A season in figures: means of a match with their intervals, and the ranges that football asks for. */
import type { Played, SideCounts } from "./match/index.ts";
import { meanOf, type Mean } from "../statistics/index.ts";

export interface Row {
  what: string;
  mean: Mean;
  /** Decimals to show. */
  decimals: number;
  unit: string;
  /** The range that the mean must lie in, if one is asked for. */
  required?: readonly [low: number, high: number];
}

const SECONDS_PER_SCENE = 0.1;

/** The rows of the table. At least one match. */
export function seasonRows(matches: readonly Played[]): Row[] {
  const each = (value: (match: Played) => number): Mean => meanOf(matches.map(value));
  const both = (counter: keyof SideCounts): Mean =>
    each(({ counts: { sides } }) => sides[0][counter] + sides[1][counter]);
  const count = (what: string, counter: keyof SideCounts, required?: Row["required"]): Row =>
    row(what, both(counter), 2, "", required);
  return [
    count("goals", "goals", [1, 6]),
    row(
      "goals in the first half",
      each(({ counts }) => counts.goalsByHalf[0]),
      2,
    ),
    row(
      "goals in the second half",
      each(({ counts }) => counts.goalsByHalf[1]),
      2,
    ),
    count("shots", "shots", [8, 40]),
    count("shots on target", "shotsOnTarget"),
    count("passes", "passes"),
    row("passes to a teammate", each(passShare), 1, " %", [60, 90]),
    count("corners", "corners", [1, 8]),
    count("offsides", "offsides", [1, 8]),
    count("fouls", "fouls", [5, 40]),
    count("fouls played on (advantage)", "advantages"),
    count("yellow cards", "yellowCards"),
    count("red cards", "redCards"),
    count("penalties", "penalties"),
    count("free kicks", "freeKicks"),
    count("throw-ins", "throwIns"),
    count("goal kicks", "goalKicks"),
    row(
      "possession of the left side",
      each(({ counts }) => share(counts.sides[0].possession, possession(counts))),
      1,
      " %",
      [45, 55],
    ),
    row(
      "ball stuck",
      each(({ counts }) => share(counts.stuck, counts.live)),
      2,
      " %",
      [0, 1],
    ),
    row(
      "live play",
      each(({ counts }) => counts.live * SECONDS_PER_SCENE),
      0,
      " s",
    ),
  ];
}

function row(what: string, mean: Mean, decimals: number, unit = "", required?: Row["required"]): Row {
  return required === undefined ? { what, mean, decimals, unit } : { what, mean, decimals, unit, required };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}

function passShare({ counts: { sides } }: Played): number {
  return share(sides[0].passesToTeammate + sides[1].passesToTeammate, sides[0].passes + sides[1].passes);
}

function possession({ sides }: Played["counts"]): number {
  return sides[0].possession + sides[1].possession;
}

export function holds({ mean: { mean }, required }: Row): boolean {
  return required === undefined || (mean >= required[0] && mean <= required[1]);
}

/** In seconds, over all matches: nobody may stay outside of the lines in live play for longer than a set piece. */
export interface Outside {
  longestOutside: number;
  longestSetPiece: number;
}

export function outsideOf(matches: readonly Played[]): Outside {
  const most = (value: (match: Played) => number) => Math.max(...matches.map(value)) * SECONDS_PER_SCENE;
  return {
    longestOutside: most(({ counts }) => counts.longestOutside),
    longestSetPiece: most(({ counts }) => counts.longestSetPiece),
  };
}

/** One sentence for each requirement that is not met. */
export function failures(matches: readonly Played[]): string[] {
  const rows = seasonRows(matches).filter((row) => !holds(row));
  const outside = outsideOf(matches);
  return [
    ...rows.map((row) => `${row.what}: ${text(row)}, required ${requirementText(row)}`),
    ...(outside.longestOutside <= outside.longestSetPiece
      ? []
      : [
          `a player was outside for ${outside.longestOutside.toFixed(1)} s, the longest set piece lasted ${outside.longestSetPiece.toFixed(1)} s`,
        ]),
  ];
}

function text({ mean: { mean, low, high }, decimals, unit }: Row): string {
  const number = (value: number) => (Number.isFinite(value) ? value.toFixed(decimals) : "?");
  return `${number(mean)}${unit} (${number(low)} to ${number(high)})`;
}

function requirementText({ required, unit }: Row): string {
  return required === undefined ? "" : `${required[0]} to ${required[1]}${unit}`;
}

function mark(ok: boolean): string {
  return ok ? "yes" : "**no**";
}

/** The table as Markdown. */
export function seasonTable(matches: readonly Played[]): string {
  const { longestOutside, longestSetPiece } = outsideOf(matches);
  return [
    "| a match, both sides together | mean (95 % interval) | required | holds |",
    "|---|---:|---:|---|",
    ...seasonRows(matches).map(
      (row) =>
        `| ${row.what} | ${text(row)} | ${requirementText(row)} | ${row.required === undefined ? "" : mark(holds(row))} |`,
    ),
    `| longest that a player was outside, of all matches | ${longestOutside.toFixed(1)} s | at most the longest set piece, ${longestSetPiece.toFixed(1)} s | ${mark(longestOutside <= longestSetPiece)} |`,
  ].join("\n");
}

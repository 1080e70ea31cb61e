/** @file Scenario files in GRF's style, written from the tables of GRF's own figures. */
import type { AcademyRow } from "../academy-table.ts";
import type { MatchRow } from "../match-table.ts";

const HEAD = "# coding=utf-8\n# A licence stands here.\n\n\n\n\nfrom . import *\n\n\n";

function python(value: boolean): string {
  return value ? "True" : "False";
}

/** GRF's files write some numbers with six decimals and some as short as they go. */
function number(value: number, place: number): string {
  return place % 2 === 0 && String(value).length < 8
    ? value.toFixed(6)
    : `${value}`.replace(/^(-?\d+)$/, "$1.0");
}

/** One line for each player, given as "ROLE x y". */
function players(rows: readonly string[], sign: 1 | -1, more: (place: number) => string): string {
  return rows
    .map((row, place) => {
      const [role, x, y] = row.split(" ");
      const point = [Number(x) * sign, Number(y) * sign].map((value) => number(value, place)).join(", ");
      return `  builder.AddPlayer(${point}, e_PlayerRole_${role}${more(place)})\n`;
    })
    .join("");
}

/** The table has both teams on the pitch; GRF's right team is written turned by half a circle. */
export function academyFile(row: AcademyRow): string {
  const [score, out, possession] = row.ends;
  return (
    `${HEAD}def build_scenario(builder):\n` +
    `  builder.config().game_duration = ${row.steps}\n` +
    "  builder.config().deterministic = False\n" +
    "  builder.config().offsides = False\n" +
    `  builder.config().end_episode_on_score = ${python(score)}\n` +
    `  builder.config().end_episode_on_out_of_play = ${python(out)}\n` +
    `  builder.config().end_episode_on_possession_change = ${python(possession)}\n` +
    `  builder.SetBallPosition(${row.ball.join(", ")})\n\n` +
    `  builder.SetTeam(Team.e_Left)\n${players(row.left, 1, () => "")}\n` +
    "  # All right players are lazy, but for some.\n" +
    `  builder.SetTeam(Team.e_Right)\n${players(row.right, -1, (place) => (row.lazy?.includes(place) ? ", True" : ""))}`
  );
}

export function matchFile(row: MatchRow): string {
  const [left, right] = row.difficulties;
  const more = (place: number) => (row.notControllable?.includes(place) ? ", controllable=False" : "");
  return (
    `${HEAD}def build_scenario(builder):\n` +
    `  builder.config().game_duration = ${row.steps}\n` +
    (row.secondHalf === undefined ? "" : `  builder.config().second_half = ${row.secondHalf}\n`) +
    `  builder.config().right_team_difficulty = ${right}\n` +
    (left === 1 ? "" : `  builder.config().left_team_difficulty = ${left}\n`) +
    "  builder.config().deterministic = False\n" +
    "  if builder.EpisodeNumber() % 2 == 0:\n" +
    "    first_team = Team.e_Left\n    second_team = Team.e_Right\n" +
    "  else:\n" +
    "    first_team = Team.e_Right\n    second_team = Team.e_Left\n" +
    `  builder.SetTeam(first_team)\n${players(row.first, 1, more)}` +
    `  builder.SetTeam(second_team)\n${players(row.second, 1, more)}`
  );
}

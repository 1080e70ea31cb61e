/** @file From the match to what can be seen of it: whole centimetres, 256 directions. */
import { turnOf } from "../../math.ts";
import {
  GAME_MODES,
  type Lineup,
  type ObstacleSheet,
  POSES,
  type Scene,
  type SceneFigure,
  type ZoneSheet,
} from "../../frame/scene.ts";
import { inCentimetres, toMetres } from "../pitch.ts";
import type { Scenario } from "../scenario.ts";
import type { Match, Team } from "./match.ts";

/** GRF: an env step is 1,800 ms of the match clock. */
const CLOCK_SECONDS_PER_STEP = 1.8;

/** Seconds on the match clock. */
export function clockOf({ step, clockStart = 0 }: Match): number {
  return clockStart + step * CLOCK_SECONDS_PER_STEP;
}

export function lineupOf(scenario: Scenario, match: Match): Lineup {
  return {
    pitch: inCentimetres(match.pitch),
    teams: [{ name: scenario.left.name }, { name: scenario.right.name }],
    players: match.players.map(({ team, number, role, keeper }) => ({ team, number, role, keeper })),
    ...featuresOf(scenario, match),
  };
}

function featuresOf(
  scenario: Scenario,
  { pitch, obstacles = [] }: Match,
): Pick<Lineup, "zones" | "obstacles"> {
  const zones = (scenario.zones ?? []).flatMap(({ name, from, to, colour }): ZoneSheet[] => {
    if (colour === undefined) return [];
    const [fromX, fromY] = toMetres(pitch, from);
    const [toX, toY] = toMetres(pitch, to);
    return [
      {
        name,
        colour,
        x: centimetres((fromX + toX) / 2),
        y: centimetres((fromY + toY) / 2),
        halfLength: centimetres(Math.abs(toX - fromX) / 2),
        halfWidth: centimetres(Math.abs(toY - fromY) / 2),
      },
    ];
  });
  const standing = obstacles.map((one): ObstacleSheet => {
    const at = { x: centimetres(one.x), y: centimetres(one.y) };
    if ("radius" in one) return { ...at, radius: centimetres(one.radius) };
    return { ...at, halfLength: centimetres(one.halfLength), halfWidth: centimetres(one.halfWidth) };
  });
  return {
    ...(zones.length > 0 && { zones }),
    ...(standing.length > 0 && { obstacles: standing }),
  };
}

export function sceneOf(match: Match): Scene {
  const { ball, restart } = match;
  return {
    tick: match.tick,
    step: match.step,
    ball: { x: centimetres(ball.x), y: centimetres(ball.y), z: centimetres(ball.z) },
    figures: match.players.map((player): SceneFigure => {
      return {
        x: centimetres(player.x),
        y: centimetres(player.y),
        facing: turnOf(player.faceX, player.faceY),
        pose: POSES[player.pose]!,
        controlled: match.slots.some((slot) => slot.player === player.id),
        booked: player.booked,
        sentOff: player.sentOff,
      };
    }),
    owner: ball.owner,
    score: [...match.score],
    clockSeconds: Math.floor(clockOf(match)),
    mode: restart ? restart.kind : GAME_MODES[0],
    restartTeam: restart ? restart.team : -1,
    half: match.half,
  };
}

/** The same scene as a team sees it that attacks to the right: turned by half a turn for the right team. */
export function seenBy(scene: Scene, team: Team): Scene {
  if (team === 0) return scene;
  return {
    ...scene,
    turned: true,
    ball: { x: -scene.ball.x, y: -scene.ball.y, z: scene.ball.z },
    figures: scene.figures.map((figure) => ({
      ...figure,
      x: -figure.x,
      y: -figure.y,
      facing: (figure.facing + 128) & 255,
    })),
  };
}

/** Adding 0 makes the -0 of a rounded small negative number a plain 0. */
function centimetres(metres: number): number {
  return Math.round(metres * 100) + 0;
}

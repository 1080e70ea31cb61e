/** @file Farms passes: whoever has the ball passes it to and fro, where MageBench's score pays most for it. */
import type { Drill } from "../../../agent/match/index.ts";
import type { ActionName } from "../../../env/football/index.ts";
import type { Scene, SceneFigure } from "../../../env/frame/index.ts";
import type { RegionPlayer } from "./player.ts";

const DIRECTIONS = [
  "right",
  "bottom_right",
  "bottom",
  "bottom_left",
  "left",
  "top_left",
  "top",
  "top_right",
] as const satisfies readonly ActionName[];

/** A pass of so many centimetres, past opponents who stand so far from its way. */
const [NEAREST, FARTHEST] = [500, 3000];
const CLEAR = 250;

interface Spot {
  x: number;
  y: number;
}

/** He turns to the mate with the most room, passes, and runs after a ball that nobody has. */
export const passing: RegionPlayer = () => {
  let turnedTo: ActionName | undefined;
  return (drill) => {
    const scene = drill.scene();
    const me = scene.figures[drill.player]!;
    if (scene.owner !== drill.player) {
      turnedTo = undefined;
      return directionOf(me, scene.ball);
    }
    const mate = bestMate(drill, scene, me);
    // Nobody is free: he keeps away from his goal's end and waits for a mate.
    if (mate === undefined) return "dribble";
    const direction = directionOf(me, mate);
    if (turnedTo === direction) {
      turnedTo = undefined;
      return "short_pass";
    }
    turnedTo = direction;
    return direction;
  };
};

function bestMate(drill: Drill, { figures }: Scene, me: SceneFigure): SceneFigure | undefined {
  const { players, pitch } = drill.env.lineup;
  const { team } = players[drill.player]!;
  const opponents = figures.filter((_, i) => players[i]!.team !== team);
  const mates = figures.filter((mate, i) => {
    const far = apart(mate, me);
    const open = opponents.every((one) => apart(one, nearestOn(me, mate, one)) > CLEAR);
    return players[i]!.team === team && !players[i]!.keeper && far >= NEAREST && far <= FARTHEST && open;
  });
  const goal = { x: pitch.halfLength, y: 0 };
  const worth = (mate: Spot): number => Math.min(...opponents.map((one) => room(mate, one, goal)));
  return mates.toSorted((a, b) => worth(b) - worth(a))[0];
}

/** What MageBench pays for: an opponent's distance, the less the more he stands on the way to the goal. */
function room(at: Spot, opponent: Spot, goal: Spot): number {
  const distance = apart(at, opponent);
  const [ox, oy, gx, gy] = [opponent.x - at.x, opponent.y - at.y, goal.x - at.x, goal.y - at.y];
  const cosine = (ox * gx + oy * gy) / (distance * apart(at, goal) || 1);
  return distance / (10 * Math.max(0, cosine) + 1);
}

function nearestOn(from: Spot, to: Spot, other: Spot): Spot {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = ((other.x - from.x) * dx + (other.y - from.y) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.max(0, Math.min(1, along));
  return { x: from.x + share * dx, y: from.y + share * dy };
}

function apart(one: Spot, other: Spot): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function directionOf(from: Spot, to: Spot): ActionName {
  const turn = Math.atan2(to.y - from.y, to.x - from.x) / (2 * Math.PI);
  return DIRECTIONS[(Math.round(turn * 8) + 8) % 8]!;
}

/** @file What a team knows at this moment, worked out once a step: who gets to the ball first, and when. */
import { makePath, type Path, PATH_POINTS, PATH_STEP, predict } from "../ball/flight.ts";
import { attackSign } from "../pitch.ts";
import { topSpeed } from "../player/movement.ts";
import type { Scenario } from "../scenario.ts";
import { type Match, ownerOf, type Player, type Team, UPRIGHT } from "../state/match.ts";
import { length } from "../../math.ts";

/** Both teams' view of the race to the ball. */
export interface Race {
  path: Path;
  /** Seconds until each player, by id, can play the ball; the owner 0. */
  seconds: Float64Array;
  /** The quickest of each team, keepers outside their box left out. */
  first: [Player | undefined, Player | undefined];
  second: [Player | undefined, Player | undefined];
}

export interface Side {
  match: Match;
  scenario: Scenario;
  team: Team;
  /** +1 when this team attacks to the right: multiply x and y by it and the team attacks to the right. */
  sign: 1 | -1;
  race: Race;
  owner: Player | undefined;
}

const race: Race = {
  path: makePath(),
  seconds: new Float64Array(64),
  first: [undefined, undefined],
  second: [undefined, undefined],
};

/** The race as it stands; the returned object is reused by the next call. */
export function runRace(match: Match): Race {
  const owner = ownerOf(match);
  const { ball, players } = match;
  if (!owner) predict(ball, race.path);
  race.first = [undefined, undefined];
  race.second = [undefined, undefined];
  for (const player of players) {
    if (player.sentOff) {
      race.seconds[player.id] = Infinity;
      continue;
    }
    const seconds =
      owner === player
        ? 0
        : owner
          ? runSeconds(match, player, ball.x + owner.vx * 0.3, ball.y + owner.vy * 0.3)
          : loose(match, player, ball.barred === player.id);
    race.seconds[player.id] = seconds;
    if ((player.keeper && !isDuel(match)) || player.lazy) continue;
    const { team } = player;
    const first = race.first[team];
    if (!first || seconds < race.seconds[first.id]!) {
      race.second[team] = first;
      race.first[team] = player;
    } else {
      const second = race.second[team];
      if (!second || seconds < race.seconds[second.id]!) race.second[team] = player;
    }
  }
  return race;
}

/** One against one. */
export function isDuel({ players }: Match): boolean {
  return players.length === 2;
}

export function makeSide(match: Match, scenario: Scenario, team: Team, race: Race): Side {
  return { match, scenario, team, sign: attackSign(team), race, owner: ownerOf(match) };
}

function runSeconds(match: Match, player: Player, x: number, y: number): number {
  const lost = player.pose === UPRIGHT ? 0 : player.poseTicks * match.tickSeconds;
  return lost + Math.max(0, length(player.x - x, player.y - y) - 0.7) / topSpeed(player);
}

/** The first moment of the ball's path at which the player can be there, with the ball low enough. */
function loose(match: Match, player: Player, barred: boolean): number {
  const { path } = race;
  const ceiling = player.keeper ? 2.4 : 1.9;
  for (let i = 0; i < PATH_POINTS; i++) {
    const time = i * PATH_STEP;
    if (path.z[i]! > ceiling || (barred && time < 0.6)) continue;
    if (runSeconds(match, player, path.x[i]!, path.y[i]!) + 0.1 <= time + 0.1) return time;
  }
  const end = PATH_POINTS - 1;
  return Math.max(end * PATH_STEP, runSeconds(match, player, path.x[end]!, path.y[end]!)) + 0.3;
}

/** Where the player meets a loose ball. */
export function meetingPoint(race: Race, player: Player): [number, number] {
  const index = Math.min(PATH_POINTS - 1, Math.round(race.seconds[player.id]! / PATH_STEP));
  return [race.path.x[index]!, race.path.y[index]!];
}

/** @file A moment of a match -> a scenario that begins there, as a file would say it. */
import {
  clockOf,
  type Control,
  type FootballSnapshot,
  giftsOf,
  type PlayerSetup,
  type Scenario,
  type Start,
  toScenario,
} from "../env/football/index.ts";

type Match = FootballSnapshot["match"];
type Player = Match["players"][number];
type Pitch = Match["pitch"];

/** Whether the moment can be captured: a restart's taker and his waiting are not part of a scenario. */
export function isCapturable({ restart, whistle }: Match): boolean {
  return restart === null && whistle === null;
}

/**
 * The scenario that goes on from `match`, to the end of its half or to a goal: who stands where at a kick-off is
 * not kept. Those who were sent off are left out, and a ball in a keeper's hands lies at his feet.
 */
export function captureScenario(from: Scenario, match: Match, name: { id: string; suite: string }): Scenario {
  const { variation: _, start: __, levels: ___, checks: ____, ...rest } = from;
  const here = match.players.filter((player) => !player.sentOff);
  const sides = [here.filter(({ team }) => team === 0), here.filter(({ team }) => team === 1)] as const;
  const last = match.half === 1 ? (from.rules.secondHalf ?? from.steps) : from.steps;
  const setupsOf = (side: "left" | "right", team: 0 | 1) => ({
    ...from[side],
    players: sides[team].map((player) => setupOf(match.pitch, player, from[side].difficulty)),
  });
  const first = (side: "left" | "right") => (side === "left" ? 0 : from.left.players.length);
  const controlOf = (side: "left" | "right", team: 0 | 1) =>
    keep(
      from.control[side],
      sides[team].map(({ id }) => id - first(side)),
    );
  return {
    ...rest,
    ...name,
    title: `${from.title}, from tick ${match.tick}`,
    steps: Math.max(1, last + match.addedSteps - match.step),
    ball: placeOf(match.pitch, match.ball),
    start: startOf(match, sides),
    left: setupsOf("left", 0),
    right: setupsOf("right", 1),
    control: { left: controlOf("left", 0), right: controlOf("right", 1) },
    rules: { ...from.rules, kickOff: null, secondHalf: null },
    ends: from.ends.some(({ when }) => when === "goal") ? from.ends : [{ when: "goal" }, ...from.ends],
  };
}

function startOf(match: Match, sides: readonly (readonly Player[])[]): Start {
  const { score, ball } = match;
  const told = { score: [...score] as [number, number], clock: round(clockOf(match)) };
  const owner = match.players[ball.owner];
  if (owner !== undefined) {
    const place = sides[owner.team]!.indexOf(owner);
    return { ...told, owner: `${owner.team === 0 ? "left" : "right"}.${place}` };
  }
  const speed = (value: number) => within(50, value);
  return {
    ...told,
    ballVelocity: [speed(ball.vx), speed(ball.vy), speed(ball.vz)],
    ballHeight: Math.max(0, within(20, ball.z)),
  };
}

function setupOf(pitch: Pitch, player: Player, difficulty: number): PlayerSetup {
  return {
    role: player.keeper ? "GK" : player.role === "GK" ? "CB" : player.role,
    position: placeOf(pitch, player),
    velocity: [within(10, player.vx), within(10, player.vy)],
    ...(player.skill === difficulty ? {} : { skill: player.skill }),
    tired: round(player.tired),
    ...giftsOf(player),
    lazy: player.lazy,
    controllable: player.controllable,
  };
}

/** On the pitch: who stands just beyond its lines comes in to them. */
function placeOf(pitch: Pitch, { x, y }: { x: number; y: number }): readonly [number, number] {
  const [along, across] = toScenario(pitch, x, y);
  return [within(1, along), within(0.42, across)];
}

/** Who is left of those under control, by their places now. */
function keep(control: Control, left: readonly number[]): Control {
  if (typeof control === "string") return control;
  if ("count" in control) return { count: Math.min(control.count, left.length) };
  const places = control.map((place) => left.indexOf(place)).filter((place) => place >= 0);
  return places.length === 0 ? "ball" : places;
}

function within(limit: number, value: number): number {
  return round(Math.min(limit, Math.max(-limit, value)));
}

/** To a millionth, which is less than a tenth of a millimetre: a file is for people, too. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6 + 0;
}

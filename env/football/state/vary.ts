/** @file How a start is drawn from a scenario's variation. */
import { between, chance, integer, type Random } from "../../random.ts";
import { attackSign, isInside, type Pitch, pitchOf, toMetres } from "../pitch.ts";
import type { Constraint, Obstacle, Scenario, Variation } from "../scenario.ts";

/** Where everybody starts, by member, in the scenario's coordinates. */
export type Places = Map<string, [number, number]>;

/** Enough for what holds in one start of fifty, and no pause that anybody notices. */
const DRAWS = 200;
const BALL_FREE_METRES = 1;
/** A keeper on his line stands before it, not in it. */
const ON_LINE = 0.99;

export interface Drawn {
  /** -1 when the start was reflected, and what moves across the pitch must turn too. */
  mirror: 1 | -1;
  /** Whether a start was found that keeps the constraints. */
  kept: boolean;
}

/** Moves the places. */
export function vary(scenario: Scenario, places: Places, random: Random): Drawn {
  const { variation } = scenario;
  if (!variation) return { mirror: 1, kept: true };
  const kept = drawPlaces(scenario, variation, places, random);
  if (!variation.reflect || !chance(random, 0.5)) return { mirror: 1, kept };
  for (const place of places.values()) place[1] = -place[1];
  return { mirror: -1, kept };
}

function drawPlaces(scenario: Scenario, variation: Variation, places: Places, random: Random): boolean {
  const { constraints = [] } = variation;
  const pitch = pitchOf(scenario.pitch);
  const fixed = copy(places);
  for (let i = 0; i < DRAWS; i++) {
    moveMembers(scenario, variation, places, random);
    if (constraints.includes("keepers-on-line")) putKeepersOnLine(scenario, places);
    const isFree = !scenario.obstacles?.some((one) => isAnybodyInside(pitch, one, places));
    if (isFree && constraints.every((constraint) => isKept(constraint, pitch, places))) return true;
    set(places, fixed);
  }
  return false;
}

function moveMembers(
  { zones = [] }: Scenario,
  { choices, shifts, scatters = [] }: Variation,
  places: Places,
  random: Random,
): void {
  if (choices?.length) {
    for (const { member, position } of choices[integer(random, choices.length)]!) {
      places.set(member, [...position]);
    }
  }
  for (const shift of shifts) {
    const x = between(random, ...shift.x);
    const y = between(random, ...shift.y);
    for (const member of shift.members) {
      const place = places.get(member)!;
      place[0] += x;
      place[1] += y;
    }
  }
  for (const { members, zone } of scatters) {
    const { from, to } = zones.find(({ name }) => name === zone)!;
    for (const member of members) {
      places.set(member, [between(random, from[0], to[0]), between(random, from[1], to[1])]);
    }
  }
}

function putKeepersOnLine(scenario: Scenario, places: Places): void {
  for (const [side, team] of SIDES) {
    const keeper = scenario[side].players.findIndex(({ role }) => role === "GK");
    const place = places.get(`${side}.${keeper}`);
    if (place !== undefined) place[0] = -attackSign(team) * ON_LINE;
  }
}

const SIDES = [
  ["left", 0],
  ["right", 1],
] as const;

function isKept(constraint: Constraint, pitch: Pitch, places: Places): boolean {
  switch (constraint) {
    case "keepers-on-line":
      return true;
    case "nobody-offside":
      return SIDES.every(([side]) => !isSomebodyOffside(side, places));
    case "ball-free":
      return Math.min(nearest("left", pitch, places), nearest("right", pitch, places)) >= BALL_FREE_METRES;
    case "left-nearer":
      return nearest("left", pitch, places) < nearest("right", pitch, places);
    default:
      return nearest("right", pitch, places) < nearest("left", pitch, places);
  }
}

function isAnybodyInside(pitch: Pitch, obstacle: Obstacle, places: Places): boolean {
  return [...places.values()].some((place) => isInside(pitch, obstacle, place));
}

/** Law 11 of one side, whichever has the ball. */
function isSomebodyOffside(side: "left" | "right", places: Places): boolean {
  const sign = side === "left" ? 1 : -1;
  const along = (who: string) =>
    [...places].filter(([member]) => member.startsWith(who)).map(([, [x]]) => x * sign);
  const others = along(side === "left" ? "right." : "left.").sort((a, b) => b - a);
  const line = Math.max(0, places.get("ball")![0] * sign, others[1] ?? 1);
  return along(`${side}.`).some((x) => x > line);
}

/** Metres from the ball to the nearest of a side. */
function nearest(side: "left" | "right", pitch: Pitch, places: Places): number {
  const [ballX, ballY] = places.get("ball")!;
  let least = Infinity;
  for (const [member, [x, y]] of places) {
    if (!member.startsWith(`${side}.`)) continue;
    const [dx, dy] = toMetres(pitch, [x - ballX, y - ballY]);
    least = Math.min(least, Math.sqrt(dx * dx + dy * dy));
  }
  return least;
}

function copy(places: Places): Places {
  return new Map([...places].map(([member, [x, y]]) => [member, [x, y]]));
}

function set(places: Places, to: Places): void {
  for (const [member, [x, y]] of to) places.set(member, [x, y]);
}

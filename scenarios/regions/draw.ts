/** @file Draws where ball and players of a region's situation stand: two blocks around the ball, and who is at it. */
import type { Point, Role } from "../../env/football/scenario.ts";
import { bell, between, makeRandom, type Random } from "../../env/random.ts";

/**
 * `free`: one of ours has the ball, and room. `pressed`: he has it, and an opponent is upon him. `loose`: nobody has it,
 * and one of each side may get there first. An opponents' ball is no kind: by MageBench's rules it is lost at once.
 */
export const KINDS = ["free", "pressed", "loose"] as const;
export type Kind = (typeof KINDS)[number];

export interface Places {
  ball: Point;
  left: readonly Point[];
  right: readonly Point[];
}

/** Four, four and two: how far before his back line, and how far from the middle, in the direction of play. */
export const FORMATION: readonly (readonly [role: Role, depth: number, lane: number])[] = [
  ["GK", 0, 0],
  ["LB", 0.05, -0.72],
  ["CB", 0, -0.24],
  ["CB", 0, 0.24],
  ["RB", 0.05, 0.72],
  ["LM", 0.36, -0.76],
  ["CM", 0.3, -0.22],
  ["CM", 0.3, 0.22],
  ["RM", 0.36, 0.76],
  ["CF", 0.66, -0.2],
  ["CF", 0.66, 0.2],
];

/** A scenario's 1 along the pitch and across it, in metres. */
const ALONG = 55;
const ACROSS = 36 / 0.42;

/** Nobody stands nearer to another; no keeper stands nearer to the ball. */
const APART = 1.5;
const KEEPER_ROOM = 6;

/** In metres from the ball: our man, their man, and all others. */
const AT_THE_BALL: Readonly<Record<Kind, { ours: Range; theirs: Range | null; others: number }>> = {
  free: { ours: [0.9, 1.1], theirs: null, others: 7 },
  pressed: { ours: [0.9, 1.1], theirs: [2.5, 3.5], others: 4 },
  loose: { ours: [4, 5], theirs: [4.5, 5.5], others: 7 },
};

type Range = readonly [low: number, high: number];

/** Most draws put somebody offside or too near; the first that does not is the situation. */
export function drawPlaces(seed: number, region: number, kind: Kind): Places {
  const random = makeRandom(seed, region);
  for (;;) {
    const places = draw(random, region, kind);
    if (isSound(places, kind)) return places;
  }
}

function draw(random: Random, region: number, kind: Kind): Places {
  const [column, row] = [Math.floor((region - 1) / 3), (region - 1) % 3];
  const ball: Point = [between(random, ...third(column, 0.92)), between(random, ...third(row, 0.4))];
  const [left, right] = [block(random, ball), block(random, turned(ball)).map(turned)];
  const { ours, theirs } = AT_THE_BALL[kind];
  bring(random, left, ball, ours, [-1, -0.4]);
  if (theirs !== null) bring(random, right, ball, theirs, [0.4, 1]);
  return { ball: rounded(ball), left: left.map(rounded), right: right.map(rounded) };
}

/** A little inside, so that what is rounded stays there. */
function third(place: number, half: number): Range {
  const low = -half + (2 * half * place) / 3;
  return [low + 0.01, low + (2 * half) / 3 - 0.01];
}

/** A team that attacks to the right: it moves with the ball, up and down the pitch and a little across. */
function block(random: Random, [ballX, ballY]: Point): Point[] {
  const back = clamp(0.62 * ballX - 0.42, -0.86, 0.1);
  return FORMATION.map(([role, depth, lane]): Point => {
    if (role === "GK") return [-0.98 + between(random, 0, 0.05), 0.1 * ballY];
    const x = back + depth + 0.04 * bell(random);
    const y = 0.36 * lane + 0.35 * ballY + 0.03 * bell(random);
    return [clamp(x, -0.97, 0.97), clamp(y, -0.41, 0.41)];
  });
}

/** Puts the nearest of a team so far from the ball; `along`: the part of the way that leads to the right. */
function bring(random: Random, team: Point[], ball: Point, metres: Range, along: Range): void {
  const outfield = team.slice(1);
  const nearest = outfield.reduce((one, other) => (apart(other, ball) < apart(one, ball) ? other : one));
  const far = between(random, ...metres);
  const cosine = between(random, ...along);
  const sine = Math.sqrt(1 - cosine * cosine) * Math.sign(nearest[1] - ball[1] || 1);
  team[team.indexOf(nearest)] = [ball[0] + (far * cosine) / ALONG, ball[1] + (far * sine) / ACROSS];
}

function isSound({ ball, left, right }: Places, kind: Kind): boolean {
  const { ours, theirs, others } = AT_THE_BALL[kind];
  const all = [...left, ...right];
  const near = (team: readonly Point[], metres: number): number =>
    team.filter((place) => apart(place, ball) < metres).length;
  return (
    all.every(([x, y]) => Math.abs(x) <= 1 && Math.abs(y) <= 0.42) &&
    all.every((one, i) => all.slice(0, i).every((other) => apart(one, other) >= APART)) &&
    [left[0]!, right[0]!].every((keeper) => apart(keeper, ball) >= KEEPER_ROOM) &&
    near(left, Math.max(ours[1] + 0.1, others)) === 1 &&
    near(right, Math.max((theirs?.[1] ?? 0) + 0.1, others)) === (theirs === null ? 0 : 1) &&
    isOnside(left, right, ball) &&
    isOnside(right.map(turned), left.map(turned), turned(ball))
  );
}

/** Law 11, for a team that attacks to the right. */
function isOnside(team: readonly Point[], others: readonly Point[], [ballX]: Point): boolean {
  const secondLast = others.map(([x]) => x).sort((a, b) => b - a)[1]!;
  return team.every(([x]) => x <= Math.max(0, ballX, secondLast));
}

/** In metres. */
export function apart([ax, ay]: Point, [bx, by]: Point): number {
  const [x, y] = [(ax - bx) * ALONG, (ay - by) * ACROSS];
  return Math.sqrt(x * x + y * y);
}

function turned([x, y]: Point): Point {
  return [0 - x, 0 - y];
}

function rounded([x, y]: Point): Point {
  return [Math.round(x * 1000) / 1000 + 0, Math.round(y * 1000) / 1000 + 0];
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

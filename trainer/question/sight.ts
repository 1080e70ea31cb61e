/** @file What can be read off a frame, in whole metres: where things are, and what follows from that by rule. */
import type { Lineup, Scene } from "../../env/frame/index.ts";

/** Metres from the centre spot: x from -52 to 52 towards the goal that is attacked, y down the picture, -34 to 34. */
export interface Place {
  x: number;
  y: number;
}

export interface Mate extends Place {
  /** On his shirt. */
  number: number;
}

export interface Sight {
  /** The player with the mark. */
  me: Place;
  ball: Place;
  /** The opponents' keeper. */
  keeper?: Place;
  /** The others in the field, nearest to me first. */
  opponents: readonly Place[];
  /** Without the own keeper. */
  mates: readonly Mate[];
}

/** Whoever is nearest to the ball within this has it. */
export const AT_BALL = 2;
/** An opponent so near to a straight way is in it. */
const IN_THE_WAY = 2;
/** A twentieth of the pitch's length: within this a place that is read off a picture is right. */
export const NEAR_ENOUGH = 5.25;
export const GOAL: Place = { x: 52, y: 0 };

/** What is seen in a scene in which the team of `player` attacks to the right, as `seenBy` turns it. */
export function sightOf(scene: Scene, lineup: Lineup, player: number): Sight {
  const { team } = lineup.players[player]!;
  const at = metres(scene.figures[player]!);
  const found = { opponents: [] as Place[], mates: [] as Mate[] };
  let keeper: Place | undefined;
  for (const [i, sheet] of lineup.players.entries()) {
    const figure = scene.figures[i]!;
    if (i === player || figure.sentOff || figure.hidden) continue;
    if (sheet.team !== team && sheet.keeper) keeper = metres(figure);
    else if (sheet.team !== team) found.opponents.push(metres(figure));
    else if (!sheet.keeper) found.mates.push({ number: sheet.number, ...metres(figure) });
  }
  const byDistance = (a: Place, b: Place): number =>
    distance(at, a) - distance(at, b) || a.x - b.x || a.y - b.y;
  return {
    me: at,
    ball: metres(scene.ball),
    ...(keeper && { keeper }),
    opponents: found.opponents.sort(byDistance),
    mates: found.mates.sort(byDistance),
  };
}

function metres({ x, y }: Place): Place {
  // Without a minus before nothing.
  return { x: Math.round(x / 100) + 0, y: Math.round(y / 100) + 0 };
}

export function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The nearest of all opponents, the keeper included. */
export function nearestOpponent({ me, keeper, opponents }: Sight): Place | undefined {
  const [first] = opponents;
  if (keeper && (!first || distance(me, keeper) < distance(me, first))) return keeper;
  return first;
}

/** The mate to pass to: of those whom no opponent cuts off the one nearest to the goal, else the nearest to me. */
export function bestMate(sight: Sight): Mate | undefined {
  const free = sight.mates.filter((mate) => isOpen(sight, sight.me, mate));
  const [first] = free.sort((a, b) => distance(a, GOAL) - distance(b, GOAL));
  return first ?? sight.mates[0];
}

export type Having = "mine" | "ours" | "theirs" | "free";

/** Who has the ball, as far as places tell. */
export function whoHasBall({ me, ball, keeper, opponents, mates }: Sight): Having {
  const nearest = (places: readonly Place[]): number =>
    Math.min(Infinity, ...places.map((place) => distance(place, ball)));
  const mine = distance(me, ball);
  const ours = nearest(mates);
  const theirs = nearest(keeper ? [keeper, ...opponents] : opponents);
  const least = Math.min(mine, ours, theirs);
  if (least > AT_BALL) return "free";
  return least === mine ? "mine" : least === ours ? "ours" : "theirs";
}

/** Whether no opponent is near the straight way from one place to another. */
export function isOpen({ keeper, opponents }: Sight, from: Place, to: Place): boolean {
  const others = keeper ? [keeper, ...opponents] : opponents;
  return others.every((other) => distanceToWay(other, from, to) > IN_THE_WAY);
}

export function distanceToWay(point: Place, from: Place, to: Place): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / square;
  const t = Math.min(1, Math.max(0, along));
  return distance(point, { x: from.x + t * dx, y: from.y + t * dy });
}

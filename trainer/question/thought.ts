/**
 * @file A thought in words: where things are, what is open, and so what to do. All but its last sentence is a function of
 * what can be seen, so that every number and word in it can be checked by rule.
 */
import {
  bestMate,
  distance,
  GOAL,
  isOpen,
  nearestOpponent,
  type Place,
  type Sight,
  whoHasBall,
} from "./sight.ts";

/** Metres to which a thought tells places: nearer than a figure is wide nobody looks. */
const GRAIN = 3;

/** "Me 33 -12, ball 33 -12, keeper 51 0, near 39 3, mate 7 45 6. Ball mine 1, goal 21 bottom right open, near 16, mate free." */
export function seenWords(sight: Sight): string {
  const { me, ball, keeper } = sight;
  const near = nearestOpponent(sight);
  const mate = bestMate(sight);
  const places = [
    `Me ${roughly(me)}`,
    `ball ${roughly(ball)}`,
    keeper && `keeper ${roughly(keeper)}`,
    near && `near ${roughly(near)}`,
    mate && `mate ${mate.number} ${roughly(mate)}`,
  ];
  const judged = [
    `Ball ${whoHasBall(sight)} ${far(me, ball)}`,
    `goal ${far(me, GOAL)} ${compass(GOAL.x - me.x, GOAL.y - me.y)} ${isOpen(sight, me, GOAL) ? "open" : "shut"}`,
    near && `near ${far(me, near)}`,
    mate && `mate ${isOpen(sight, me, mate) ? "free" : "shut"}`,
  ];
  return `${listed(places)} ${listed(judged)}`;
}

/** To the metre where it is near. */
function far(me: Place, to: Place): number {
  const metres = distance(me, to);
  return metres < NEAR ? Math.round(metres) : rounded(metres);
}

/** Metres up to which it matters how many they are. */
const NEAR = 6;

/** As a thought tells it. */
export function roughly({ x, y }: Place): string {
  return words({ x: rounded(x), y: rounded(y) });
}

function rounded(metres: number): number {
  return GRAIN * Math.round(metres / GRAIN) + 0;
}

/** With what it comes to: "Shoot" */
export function thoughtFor(sight: Sight, action: string): string {
  return `${seenWords(sight)} ${planFor(action)}`;
}

const PLANS: readonly (readonly [RegExp, string])[] = [
  [/^shoot/, "Shoot"],
  [/^(?:pass_to|lob_to|through_ball|cross)/, "Pass"],
  [/^sprint/, "Hurry"],
  [/^run/, "Run"],
  [/^move/, "Chase"],
  [/^dribble/, "Dribble"],
  [/^clear/, "Clear"],
];

function planFor(action: string): string {
  return PLANS.find(([pattern]) => pattern.test(action))?.[1] ?? "Wait";
}

export type Named = "me" | "ball" | "keeper" | "near" | "mate";

/** A place in a thought, and where its numbers stand: the characters from one up to another, not including it. */
export interface Mention {
  place: Place;
  from: number;
  to: number;
}

/** The places that a thought names, each by the first words that name it; whatever else it says does not matter. */
export function mentionsIn(thought: string): Partial<Record<Named, Mention>> {
  const found: Partial<Record<Named, Mention>> = {};
  for (const match of thought.matchAll(/\b(me|ball|keeper|near|mate \d+) (-?\d+) (-?\d+)/gi)) {
    const [whole, named, x, y] = match;
    const name = named!.toLowerCase().split(" ")[0] as Named;
    const from = match.index + named!.length;
    const to = match.index + whole.length;
    found[name] ??= { place: { x: Number(x), y: Number(y) }, from, to };
  }
  return found;
}

/** What those places are. */
export function placesSeen(sight: Sight): Partial<Record<Named, Place>> {
  const { me, ball, keeper } = sight;
  const [near, mate] = [nearestOpponent(sight), bestMate(sight)];
  return { me, ball, ...(keeper && { keeper }), ...(near && { near }), ...(mate && { mate }) };
}

export function words({ x, y }: Place): string {
  return `${x} ${y}`;
}

const COMPASS = ["right", "bottom right", "bottom", "bottom left", "left", "top left", "top", "top right"];

/** Of the eight directions of the actions the nearest; y goes down the picture. */
export function compass(dx: number, dy: number): string {
  return COMPASS[(Math.round(Math.atan2(dy, dx) / (Math.PI / 4)) + 8) % 8]!;
}

function listed(parts: readonly (string | undefined)[]): string {
  return `${parts.filter(Boolean).join(", ")}.`;
}

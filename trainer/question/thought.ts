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

/** "Me 33 -12, ball 36 -9, keeper 51 0, near 39 3, mate 7 45 6. Ball mine, goal 18 open, mate free." */
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
    `Ball ${whoHasBall(sight)}`,
    `goal ${rounded(distance(me, GOAL))} ${isOpen(sight, me, GOAL) ? "open" : "shut"}`,
    mate && `mate ${isOpen(sight, me, mate) ? "free" : "shut"}`,
  ];
  return `${listed(places)} ${listed(judged)}`;
}

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
  [/^(?:run|move)/, "Run"],
  [/^dribble/, "Dribble"],
  [/^clear/, "Clear"],
];

function planFor(action: string): string {
  return PLANS.find(([pattern]) => pattern.test(action))?.[1] ?? "Wait";
}

export type Named = "me" | "ball" | "keeper" | "near" | "mate";

/** The places that a thought names, each by the first words that name it; whatever else it says does not matter. */
export function placesIn(thought: string): Partial<Record<Named, Place>> {
  const found: Partial<Record<Named, Place>> = {};
  for (const [, name, x, y] of thought.matchAll(/\b(me|ball|keeper|near|mate \d+) (-?\d+) (-?\d+)/gi)) {
    found[name!.toLowerCase().split(" ")[0] as Named] ??= { x: Number(x), y: Number(y) };
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

function listed(parts: readonly (string | undefined)[]): string {
  return `${parts.filter(Boolean).join(", ")}.`;
}

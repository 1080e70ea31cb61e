/**
 * @file What a thought says of a frame that can be held against the simulator: where four things are, who has the ball and
 * how far off it is, and whether the way to the goal is open. Of two mates a thought may mean either, so they are left out.
 */
import {
  distance,
  GOAL,
  isOpen,
  NEAR_ENOUGH,
  nearestOpponent,
  type Place,
  type Sight,
  whoHasBall,
} from "./sight.ts";

export const CLAIMED_PLACES = ["me", "ball", "keeper", "near"] as const;
export type ClaimedPlace = (typeof CLAIMED_PLACES)[number];
export type Claim = ClaimedPlace | "has" | "way";

/** Each claim by the first words that make it, and where their values stand: characters, `to` not included. */
export type Said = Partial<Record<Claim, { values: readonly string[]; from: number; to: number }>>;

const PLACE = /\b(me|ball|keeper|near) (-?\d+) (-?\d+)/gi;
const HAS = /\bball (mine|ours|theirs|free) (\d+)/gi;
const WAY = /\bgoal \d+(?: [a-z]+){1,2} (open|shut)/gi;
/** Of a distance: metres, or this part of it where that is more. */
const METRES_OFF = 1;
const PART_OFF = 0.2;

export function claimsIn(thought: string): Said {
  const said: Said = {};
  const add = (
    claim: Claim,
    from: number,
    { 0: whole, index }: RegExpExecArray,
    ...values: string[]
  ): void => {
    said[claim] ??= { values, from: index + from, to: index + whole.length };
  };
  for (const match of thought.matchAll(PLACE)) {
    const [, name, x, y] = match;
    add(name!.toLowerCase() as ClaimedPlace, name!.length, match, x!, y!);
  }
  for (const match of thought.matchAll(HAS))
    add("has", "ball".length, match, match[1]!.toLowerCase(), match[2]!);
  for (const match of thought.matchAll(WAY))
    add("way", match[0].length - match[1]!.length, match, match[1]!.toLowerCase());
  return said;
}

/** Of each claim that can be made of what is there whether the thought makes it, and rightly. */
export function judgeClaims(thought: string, sight: Sight): Partial<Record<Claim, boolean>> {
  const said = claimsIn(thought);
  const { me, ball, keeper } = sight;
  const places: Partial<Record<ClaimedPlace, Place | undefined>> = {
    me,
    ball,
    keeper,
    near: nearestOpponent(sight),
  };
  const judged: Partial<Record<Claim, boolean>> = {};
  for (const name of CLAIMED_PLACES) {
    const place = places[name];
    if (place !== undefined) judged[name] = isNear(said[name]?.values, place);
  }
  const [who, metres] = said.has?.values ?? [];
  judged.has = who === whoHasBall(sight) && isAbout(Number(metres), distance(me, ball));
  judged.way = said.way?.values[0] === (isOpen(sight, me, GOAL) ? "open" : "shut");
  return judged;
}

function isNear(said: readonly string[] | undefined, place: Place): boolean {
  return said !== undefined && distance({ x: Number(said[0]), y: Number(said[1]) }, place) <= NEAR_ENOUGH;
}

function isAbout(said: number, metres: number): boolean {
  return Math.abs(said - metres) <= Math.max(METRES_OFF, PART_OFF * metres);
}

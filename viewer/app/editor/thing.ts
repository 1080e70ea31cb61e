/** @file What can be chosen on the pitch: the ball, players, zones, obstacles, and the ranges of shifts. */
import { pitchOf, type Point, type Scenario, type Side, toMetres } from "../../../env/football/index.ts";
import type { Path } from "./path.ts";

/** `ball`, `left.0`, `right.2`, `zone.0`, `obstacle.1` or `shift.0`. */
export type Thing = string;

export type Kind = "ball" | Side | "zone" | "obstacle" | "shift";

export const BALL: Thing = "ball";

export function kindOf(thing: Thing): Kind {
  return thing.split(".")[0] as Kind;
}

export function placeOf(thing: Thing): number {
  return Number(thing.split(".")[1] ?? 0);
}

export function thingOf(kind: Kind, place: number): Thing {
  return kind === "ball" ? BALL : `${kind}.${place}`;
}

/** The ball or a player: what the scenario itself calls a member. */
export function isMember(thing: Thing): boolean {
  return thing === BALL || isPlayer(thing);
}

export function isPlayer(thing: Thing): boolean {
  return thing.startsWith("left.") || thing.startsWith("right.");
}

const LISTS = {
  left: ["left", "players"],
  right: ["right", "players"],
  zone: ["zones"],
  obstacle: ["obstacles"],
  shift: ["variation", "shifts"],
} as const satisfies Record<Exclude<Kind, "ball">, Path>;

/** Where the list of such things stands in a scenario. */
export function listOf(kind: Exclude<Kind, "ball">): Path {
  return LISTS[kind];
}

export function pathOf(thing: Thing): Path {
  const kind = kindOf(thing);
  return kind === "ball" ? ["ball"] : [...listOf(kind), placeOf(thing)];
}

/** All that there are, from the grass upwards. */
export function thingsOf({ zones = [], variation, obstacles = [], left, right }: Scenario): Thing[] {
  return [
    ...named("zone", zones),
    ...named("shift", variation?.shifts ?? []),
    ...named("obstacle", obstacles),
    ...named("left", left.players),
    ...named("right", right.players),
    BALL,
  ];
}

function named(kind: Kind, list: readonly unknown[]): Thing[] {
  return list.map((_, place) => thingOf(kind, place));
}

/** Of the ball or a player; undefined where there is none. */
export function positionOf(scenario: Scenario, member: Thing): Point | undefined {
  const kind = kindOf(member);
  if (kind === "ball") return scenario.ball;
  return kind === "left" || kind === "right" ? scenario[kind].players[placeOf(member)]?.position : undefined;
}

/** The same in metres. */
export function metresOf(scenario: Scenario, member: Thing): Point | undefined {
  const position = positionOf(scenario, member);
  return position && toMetres(pitchOf(scenario.pitch), position);
}

/** In words, for those who do not see the pitch. */
export function nameOf(scenario: Scenario, thing: Thing): string {
  const kind = kindOf(thing);
  const place = placeOf(thing);
  switch (kind) {
    case "ball":
      return "Ball";
    case "left":
    case "right":
      return `${scenario[kind].name} ${place + 1}, ${scenario[kind].players[place]?.role ?? ""}`;
    case "zone":
      return `Zone ${scenario.zones?.[place]?.name ?? place}`;
    case "obstacle":
      return `Obstacle ${place + 1}`;
    default:
      return `Range ${place + 1}`;
  }
}

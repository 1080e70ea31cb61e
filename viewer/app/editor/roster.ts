/**
 * @file Things that come and go. Much in a scenario names a player by his place in the list, so whoever leaves takes
 * along what is said of him, and those behind him move up everywhere.
 */
import {
  type Control,
  type End,
  pitchOf,
  type Point,
  type Scenario,
  type Side,
  toMetres,
} from "../../../env/football/index.ts";
import { type Formation, formationOf } from "../../../scenarios/index.ts";
import { put, valueAt } from "./path.ts";
import { within } from "./place.ts";
import { isMember, kindOf, listOf, placeOf, type Thing, thingOf, thingsOf } from "./thing.ts";

export const PLAYERS_MAX = 11;
export type Added = "left" | "right" | "zone" | "obstacle";

/** The scenario with one more, and which it is; undefined where there is no place for it. */
export function add(
  scenario: Scenario,
  kind: Added,
  at: Point,
): { scenario: Scenario; thing: Thing } | undefined {
  const path = listOf(kind);
  const list = (valueAt(scenario, path) ?? []) as readonly unknown[];
  if ((kind === "left" || kind === "right") && list.length >= PLAYERS_MAX) return undefined;
  const made = make(scenario, kind, at);
  return { scenario: put(scenario, path, [...list, made]), thing: thingOf(kind, list.length) };
}

function make(scenario: Scenario, kind: Added, at: Point): unknown {
  switch (kind) {
    case "left":
    case "right": {
      const role = scenario[kind].players.some((player) => player.role === "GK") ? "CM" : "GK";
      return { role, position: within(freeNear(scenario, at)), lazy: false, controllable: true };
    }
    case "zone": {
      const names = new Set((scenario.zones ?? []).map(({ name }) => name));
      let number = 1;
      while (names.has(`zone-${number}`)) number++;
      const [x, y] = at;
      return {
        name: `zone-${number}`,
        from: within([x - 0.12, y - 0.1]),
        to: within([x + 0.12, y + 0.1]),
        colour: "blue",
      };
    }
    default:
      return { at: within(at), radius: 0.4 };
  }
}

/** Nobody is put on another: a little further down, until there is room. */
function freeNear(scenario: Scenario, [x, y]: Point): Point {
  const pitch = pitchOf(scenario.pitch);
  const others = [...scenario.left.players, ...scenario.right.players].map(({ position }) =>
    toMetres(pitch, position),
  );
  for (let i = 0; i < 40; i++) {
    const point: Point = [x - 0.03 * Math.floor(i / 8), y + 0.05 * (i % 8)];
    const [left, top] = toMetres(pitch, point);
    if (others.every(([a, b]) => Math.abs(a - left) + Math.abs(b - top) > 2)) return point;
  }
  return [x, y];
}

/** The scenario without these things; the ball stays, and so does the last of a team. */
export function remove(scenario: Scenario, things: readonly Thing[]): Scenario {
  // From the end of each list, so that the places of the others still hold.
  const order = [...new Set(things)].sort((a, b) => placeOf(b) - placeOf(a));
  return order.reduce(removeOne, scenario);
}

function removeOne(scenario: Scenario, thing: Thing): Scenario {
  const kind = kindOf(thing);
  if (kind === "ball" || !thingsOf(scenario).includes(thing)) return scenario;
  if (kind !== "left" && kind !== "right") {
    const path = listOf(kind);
    const without = put(scenario, [...path, placeOf(thing)], undefined);
    const empty = (valueAt(without, path) as readonly unknown[]).length === 0;
    return empty && kind !== "shift" ? put(without, path, undefined) : without;
  }
  if (scenario[kind].players.length === 1) return scenario;
  const gone = placeOf(thing);
  const without = put(scenario, [kind, "players", gone], undefined);
  return renamed(without, kind, (place) => (place === gone ? undefined : place > gone ? place - 1 : place));
}

/** Everything that names players of a side by their places, with other places; undefined for whoever has gone. */
function renamed(scenario: Scenario, side: Side, placed: (place: number) => number | undefined): Scenario {
  const member = (name: string): string | undefined => {
    if (kindOf(name) !== side) return name;
    const place = placed(placeOf(name));
    return place === undefined ? undefined : thingOf(side, place);
  };
  const members = (names: readonly string[]): string[] =>
    names.map(member).filter((name) => name !== undefined);
  const { start, variation, ends, control } = scenario;
  let next = put(scenario, ["control", side], controlOf(control[side], placed));
  if (start?.owner !== undefined) next = put(next, ["start", "owner"], member(start.owner));
  const kept = ends.flatMap((end): End[] => {
    if (!("who" in end)) return [end];
    const who = member(end.who);
    return who === undefined ? [] : [{ ...end, who }];
  });
  next = put(next, ["ends"], kept);
  if (variation === undefined) return next;
  const alive = <T extends { members: readonly string[] }>(list: readonly T[]): T[] =>
    list
      .map((one) => Object.assign({}, one, { members: members(one.members) }))
      .filter((one) => one.members.length > 0);
  const { shifts, scatters, choices } = variation;
  return put(next, ["variation"], {
    ...variation,
    shifts: alive(shifts),
    ...(scatters && { scatters: alive(scatters) }),
    ...(choices && {
      choices: choices.map((choice) =>
        choice.flatMap((placement) => {
          const name = member(placement.member);
          return name === undefined ? [] : [{ member: name, position: placement.position }];
        }),
      ),
    }),
  });
}

function controlOf(control: Control, placed: (place: number) => number | undefined): Control {
  if (typeof control === "string" || "count" in control) return control;
  const places = control.map(placed).filter((place) => place !== undefined);
  return places.length === 0 ? "none" : places;
}

/** The team in this formation; of what named its players all stays that still names one. */
export function form(scenario: Scenario, side: Side, formation: Formation): Scenario {
  const players = formationOf(formation, side);
  const formed = put(scenario, [side, "players"], players);
  return renamed(formed, side, (place) => (place < players.length ? place : undefined));
}

/** A shift of these members: each start is drawn from a range around the position. */
export function addShift(
  scenario: Scenario,
  things: readonly Thing[],
): { scenario: Scenario; thing: Thing } | undefined {
  const members = things.filter(isMember);
  if (members.length === 0) return undefined;
  const { reflect = false, shifts = [], ...rest } = scenario.variation ?? {};
  const shift = { members, x: [-0.05, 0.05], y: [-0.05, 0.05] };
  const variation = { reflect, shifts: [...shifts, shift], ...rest };
  return { scenario: put(scenario, ["variation"], variation), thing: thingOf("shift", shifts.length) };
}

/** Puts these members anywhere in a zone. */
export function addScatter(scenario: Scenario, things: readonly Thing[]): Scenario | undefined {
  const members = things.filter(isMember);
  const zone = scenario.zones?.[placeOf(things.find((thing) => kindOf(thing) === "zone") ?? "zone.-1")];
  if (members.length === 0 || zone === undefined) return undefined;
  const { reflect = false, shifts = [], scatters = [], ...rest } = scenario.variation ?? {};
  const variation = { reflect, shifts, ...rest, scatters: [...scatters, { members, zone: zone.name }] };
  return put(scenario, ["variation"], variation);
}

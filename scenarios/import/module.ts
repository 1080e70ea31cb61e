/** @file The modules that scenario files import: math, numpy and GRF's own. Of any other nothing is known. */
import { ROLES } from "../../env/football/scenario.ts";
import { numpyRandom, pythonRandom, type Source } from "./chance.ts";
import { MATH } from "./math.ts";
import { numpy } from "./numpy.ts";
import type { Value } from "./value.ts";

function module(name: string, members: readonly (readonly [string, Value])[]): Value {
  return { kind: "module", name, members: new Map(members) };
}

export const ROLE_VALUES: ReadonlyMap<string, Value> = new Map(
  ROLES.map((role, number): [string, Value] => {
    const name = `e_PlayerRole_${role}`;
    return [name, { kind: "enum", type: "e_PlayerRole", name, number: BigInt(number) }];
  }),
);

const TEAM = module(
  "e_Team",
  ["e_Left", "e_Right"].map((name, number): [string, Value] => [
    name,
    { kind: "enum", type: "e_Team", name, number: BigInt(number) },
  ]),
);

const ROLE = module("e_PlayerRole", [...ROLE_VALUES]);

const ENGINE = module("gfootball_engine", [
  ["e_PlayerRole", ROLE],
  ["e_Team", TEAM],
]);

/** What `from . import *` brings into a scenario file; it is there without, too. */
export const SCENARIO_NAMES: ReadonlyMap<string, Value> = new Map([
  ...ROLE_VALUES,
  ["Team", TEAM],
  ["Role", ROLE],
  ["libgame", ENGINE],
]);

/** A module by its whole name, or undefined for one that is not read. */
export function moduleOf(name: string, sources: { python: Source; numpy: Source }): Value | undefined {
  if (/^\.+$/.test(name) || /^\.*(?:gfootball\.)?(?:scenarios|env\.scenario_builder)$/.test(name)) {
    return { kind: "module", name, members: SCENARIO_NAMES };
  }
  switch (name) {
    case "math":
      return MATH;
    case "random":
      return pythonRandom(sources.python);
    case "numpy":
      return numpy(sources.numpy);
    case "numpy.random":
      return numpyRandom(sources.numpy);
    case "gfootball_engine":
      return ENGINE;
    default:
      return undefined;
  }
}

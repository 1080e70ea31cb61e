/** @file The places under control at the start, and what is wrong with a control that cannot be given. */
import { TouchlineError, unknownName } from "../../error.ts";
import type { Control } from "../scenario.ts";
import type { Player, Slot, Team } from "./match.ts";

const WORDS = ["none", "ball", "all"];

/**
 * One slot for each player that the control gives, in its order.
 * Throws `control/place` for a place that there is not, that may not be controlled, or that is there twice;
 * `control/count` for too few or too many players; `control/unknown` for what is no control.
 */
export function makeSlots(control: Control, team: Team, players: readonly Player[]): Slot[] {
  const mine = players.filter((player) => player.team === team);
  const free = mine.filter((player) => player.controllable);
  const side = team === 0 ? "left" : "right";
  if (control === "none") return [];
  if (control === "ball") return [slotOf(free.find((player) => !player.keeper) ?? free[0] ?? mine[0]!, true)];
  if (control === "all") return free.map((player) => slotOf(player, false));
  if (isList(control)) {
    checkPlaces(control, side, mine, free);
    return control.map((place) => slotOf(mine[place]!, false));
  }
  if (typeof control !== "object" || control === null || !("count" in control)) {
    throw new TouchlineError("control/unknown", unknownControl(control, side));
  }
  const { count } = control;
  if (Number.isInteger(count) && count >= 1 && count <= free.length) {
    const outfieldFirst = [...free.filter((p) => !p.keeper), ...free.filter((p) => p.keeper)];
    return outfieldFirst.slice(0, count).map((player) => slotOf(player, true));
  }
  throw new TouchlineError(
    "control/count",
    `The control asks for ${String(count)} players of the ${side} team; expected 1 to ${free.length}.`,
  );
}

function slotOf({ id, team }: Player, switches: boolean): Slot {
  return {
    team,
    switches,
    player: id,
    direction: 0,
    sprint: false,
    dribble: false,
    keeperRush: false,
    pressure: false,
    teamPressure: false,
    chosenSteps: 0,
  };
}

function isList(control: Control): control is readonly number[] {
  return Array.isArray(control);
}

function checkPlaces(
  places: readonly number[],
  side: string,
  mine: readonly Player[],
  free: readonly Player[],
): void {
  const problem = problemOf(places, mine);
  if (problem === undefined) return;
  throw new TouchlineError(
    "control/place",
    `The control of the ${side} team ${problem}; expected some of the places ${free.map((player) => mine.indexOf(player)).join(", ")}.`,
  );
}

function problemOf(places: readonly number[], mine: readonly Player[]): string | undefined {
  if (places.length === 0) return 'is an empty list (nobody is "none")';
  for (const [i, place] of places.entries()) {
    const player = Number.isInteger(place) ? mine[place] : undefined;
    if (!player) return `names ${String(place)}, which is no place in its list of players`;
    if (!player.controllable) return `names ${place}, who may not be controlled`;
    if (places.indexOf(place) !== i) return `names ${place} twice`;
  }
  return undefined;
}

function unknownControl(control: unknown, side: string): string {
  const forms = "a list of places, or { count: a number of players }";
  if (typeof control === "string")
    return `${unknownName(`control of the ${side} team`, control, WORDS)} It may be ${forms}, too.`;
  return `The control of the ${side} team is ${control === null ? "null" : `of type ${typeof control}`}; expected "none", "ball", "all", ${forms}.`;
}

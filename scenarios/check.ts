/** @file What one value of a scenario says about another: keepers, control lists, and where a variation can lead. */
import type {
  Control,
  Point,
  Range,
  Scenario,
  Shift,
  TeamSetup,
  Variation,
} from "../env/football/scenario.ts";
import { nearestName } from "../env/error.ts";
import type { Problem } from "../env/problem.ts";

const SIDES = ["left", "right"] as const;

/** Sums of decimal fractions may miss the line by a rounding error. */
const TOLERANCE = 1e-9;

/** Every problem of a scenario whose shape is right. */
export function checkScenario(scenario: Scenario): Problem[] {
  return [
    ...SIDES.flatMap((side) => checkKeeper(side, scenario[side])),
    ...SIDES.flatMap((side) => checkControl(side, scenario[side], scenario.control[side])),
    ...checkHalves(scenario),
    ...checkStart(scenario),
    ...(scenario.variation === undefined ? [] : checkVariation(scenario, scenario.variation)),
  ];
}

function checkHalves({ steps, rules: { secondHalf } }: Scenario): Problem[] {
  if (secondHalf === null || secondHalf < steps) return [];
  const says = `is ${secondHalf}; expected a step before the end of the episode, at ${steps}`;
  return [{ path: ["rules", "secondHalf"], says }];
}

function isMoving({ players }: TeamSetup): boolean {
  return players.some(({ velocity }) => velocity !== undefined);
}

/** A kick-off puts everybody in his place; and nobody can have the ball while it flies. */
function checkStart({ start, left, right, rules }: Scenario): Problem[] {
  const problems: Problem[] = [];
  for (const key of ["owner", "ballVelocity", "ballHeight"] as const) {
    if (start?.[key] === undefined) continue;
    const path = ["start", key];
    if (rules.kickOff !== null)
      problems.push({ path, says: "cannot stand beside a kick-off; leave one out" });
    else if (key !== "owner" && start.owner !== undefined) {
      problems.push({ path, says: "cannot stand beside an owner, who carries the ball; leave one out" });
    }
  }
  if (rules.kickOff !== null) {
    for (const [side, team] of [
      ["left", left],
      ["right", right],
    ] as const) {
      if (!isMoving(team)) continue;
      problems.push({ path: [side, "players"], says: "have a velocity beside a kick-off; leave one out" });
    }
  }
  if (start?.owner === undefined) return problems;
  const [side, place] = start.owner.split(".");
  const { players } = side === "left" ? left : right;
  if (Number(place) < players.length) return problems;
  const says = `is "${start.owner}", who is not in the scenario; expected ${side}.0 to ${side}.${players.length - 1}`;
  return [...problems, { path: ["start", "owner"], says }];
}

function checkKeeper(side: string, team: TeamSetup): Problem[] {
  const keepers = team.players.flatMap((player, place) => (player.role === "GK" ? [place] : []));
  if (keepers.length === 1) return [];
  const found = keepers.length === 0 ? "no keeper" : `${keepers.length} keepers, at ${keepers.join(" and ")}`;
  return [{ path: [side, "players"], says: `has ${found}; expected exactly one player with the role GK` }];
}

function checkControl(side: string, team: TeamSetup, control: Control): Problem[] {
  if (typeof control === "string") return [];
  if ("count" in control) {
    const free = team.players.filter((player) => player.controllable !== false).length;
    if (control.count <= free) return [];
    return [{ path: ["control", side, "count"], says: `is ${control.count}; expected 1 to ${free}` }];
  }
  return control.flatMap((place, i) => {
    const path = ["control", side, i];
    const player = team.players[place];
    if (player === undefined) {
      return [
        { path, says: `is ${place}; expected a place from 0 to ${team.players.length - 1} of ${side}` },
      ];
    }
    if (player.controllable === false) {
      return [
        { path, says: `is ${place}, a player with "controllable": false; expected one who may be given` },
      ];
    }
    if (control.indexOf(place) !== i) {
      return [{ path, says: `is ${place}, which is in the list before; expected each place once` }];
    }
    return [];
  });
}

function checkVariation(scenario: Scenario, variation: Variation): Problem[] {
  const problems = [...checkMembers(scenario, variation), ...checkRanges(variation)];
  return problems.length > 0 ? problems : checkReach(scenario, variation);
}

/** Members that are not there, and members that are named twice in one place. */
function checkMembers(scenario: Scenario, variation: Variation): Problem[] {
  const known = new Set(startsOf(scenario).keys());
  const problems: Problem[] = [];
  const checkList = (members: readonly string[], pathOf: (i: number) => PropertyKey[]) => {
    for (const [i, member] of members.entries()) {
      if (!known.has(member)) {
        const nearest = nearestName(member, [...known]);
        const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
        problems.push({ path: pathOf(i), says: `is "${member}", who is not in the scenario${hint}` });
      } else if (members.indexOf(member) !== i) {
        problems.push({ path: pathOf(i), says: `is "${member}" a second time; expected each member once` });
      }
    }
  };
  for (const [s, shift] of variation.shifts.entries()) {
    checkList(shift.members, (i) => ["variation", "shifts", s, "members", i]);
  }
  for (const [c, choice] of (variation.choices ?? []).entries()) {
    const members = choice.map((placement) => placement.member);
    checkList(members, (i) => ["variation", "choices", c, i, "member"]);
  }
  return problems;
}

function checkRanges(variation: Variation): Problem[] {
  return variation.shifts.flatMap((shift, s) =>
    (["x", "y"] as const).flatMap((axis) => {
      const [low, high] = shift[axis];
      if (low <= high) return [];
      const path = ["variation", "shifts", s, axis];
      return [{ path, says: `is [${low}, ${high}]; expected the lower end first` }];
    }),
  );
}

/**
 * Nobody may be moved off the pitch: each place that a member can start from, plus the sum of all ranges that
 * move him, must lie on it. The reflection keeps that, for the pitch is its own mirror image.
 */
function checkReach(scenario: Scenario, variation: Variation): Problem[] {
  const starts = startsOf(scenario);
  for (const placement of (variation.choices ?? []).flat()) {
    starts.get(placement.member)?.push(placement.position);
  }
  const problems: Problem[] = [];
  for (const [member, points] of starts) {
    const shifts = variation.shifts.filter((shift) => shift.members.includes(member));
    for (const axis of ["x", "y"] as const) {
      const limit = axis === "x" ? 1 : 0.42;
      const [low, high] = sum(shifts.map((shift) => shift[axis]));
      const worst = points
        .map(([x, y]) => (axis === "x" ? x : y))
        .flatMap((start) => [start + low, start + high])
        .find((value) => Math.abs(value) > limit + TOLERANCE);
      if (worst === undefined) continue;
      const path = ["variation", "shifts", widest(variation.shifts, shifts, axis), axis];
      const to = `${Number(worst.toFixed(6))}, off the pitch`;
      problems.push({ path, says: `can move ${member} to ${axis} = ${to}; expected ${-limit} to ${limit}` });
    }
  }
  return problems;
}

function sum(ranges: readonly Range[]): Range {
  return [
    ranges.reduce((total, [low]) => total + low, 0),
    ranges.reduce((total, [, high]) => total + high, 0),
  ];
}

/** The place in `all` of that one of `some` that reaches farthest: the one to mend first. */
function widest(all: readonly Shift[], some: readonly Shift[], axis: "x" | "y"): number {
  const reach = (shift: Shift) => Math.max(Math.abs(shift[axis][0]), Math.abs(shift[axis][1]));
  return all.indexOf(some.reduce((a, b) => (reach(b) > reach(a) ? b : a)));
}

/** Each member with the places that it can have before a variation. */
function startsOf(scenario: Scenario): Map<string, Point[]> {
  const starts = new Map<string, Point[]>([["ball", [scenario.ball]]]);
  for (const side of SIDES) {
    for (const [place, player] of scenario[side].players.entries()) {
      const points = player.receiving === undefined ? [player.position] : [player.position, player.receiving];
      starts.set(`${side}.${place}`, points);
    }
  }
  return starts;
}

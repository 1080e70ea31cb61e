/** @file Where a variation can lead: whom it names, how far it moves them, and what cannot be reflected. */
import type {
  Obstacle,
  Point,
  Range,
  Scenario,
  Shift,
  Variation,
  Zone,
} from "../../env/football/scenario.ts";
import { nearestName } from "../../env/error.ts";
import type { Problem } from "../../env/problem.ts";
import { checkZone } from "./end.ts";

/** Sums of decimal fractions may miss the line by a rounding error. */
const TOLERANCE = 1e-9;

const SIDES = ["left", "right"] as const;

export function checkVariation(scenario: Scenario, variation: Variation): Problem[] {
  const problems = [
    ...checkMembers(scenario, variation),
    ...checkRanges(variation),
    ...checkScatters(scenario, variation),
    ...(variation.reflect ? checkMirror(scenario) : []),
  ];
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
  for (const [s, { members }] of (variation.scatters ?? []).entries()) {
    checkList(members, (i) => ["variation", "scatters", s, "members", i]);
  }
  for (const [c, choice] of (variation.choices ?? []).entries()) {
    const members = choice.map((placement) => placement.member);
    checkList(members, (i) => ["variation", "choices", c, i, "member"]);
  }
  return problems;
}

function checkScatters(scenario: Scenario, { scatters = [], constraints = [] }: Variation): Problem[] {
  const path = ["variation", "constraints"];
  const both = constraints.includes("left-nearer") && constraints.includes("right-nearer");
  return [
    ...scatters.flatMap(({ zone }, i) => checkZone(scenario, zone, ["variation", "scatters", i, "zone"])),
    ...(both ? [{ path, says: "ask for both sides to be nearer; leave one out" }] : []),
  ];
}

/** A reflection turns players and ball over and leaves the grass as it is, which therefore must look the same. */
function checkMirror({ zones = [], obstacles = [], ends }: Scenario): Problem[] {
  const used = new Set(ends.flatMap((end) => ("zone" in end ? [end.zone] : [])));
  const isMirrored = (zone: Zone) =>
    zones.some(
      (other) =>
        edges(other, -1) === edges(zone, 1) &&
        other.colour === zone.colour &&
        used.has(other.name) === used.has(zone.name),
    );
  return [
    ...zones.flatMap((zone, i) => {
      if ((zone.colour === undefined && !used.has(zone.name)) || isMirrored(zone)) return [];
      const says = `is reflected to where no such zone is; add one there, or set variation.reflect to false`;
      return [{ path: ["zones", i], says }];
    }),
    ...obstacles.flatMap((obstacle, i) => {
      if (obstacles.some((other) => place(other, -1) === place(obstacle, 1))) return [];
      const says =
        "is reflected to where no such obstacle is; add one there, or set variation.reflect to false";
      return [{ path: ["obstacles", i], says }];
    }),
  ];
}

/** Of a zone as it lies, or of its mirror image. */
function edges({ from, to }: Zone, sign: 1 | -1): string {
  const across = [from[1], to[1]].map((y) => sign * y + 0).sort((a, b) => a - b);
  return [Math.min(from[0], to[0]), Math.max(from[0], to[0]), ...across].join();
}

function place({ at, ...shape }: Obstacle, sign: 1 | -1): string {
  return JSON.stringify([at[0], sign * at[1] + 0, shape]);
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

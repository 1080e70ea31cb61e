/** @file Goals that fit the pitch, zones that have a name of their own and a size, and obstacles that have one shape and stand in nobody's way. */
import { isInside, pitchOf, toMetres } from "../../env/football/pitch.ts";
import type { Obstacle, Point, Scenario } from "../../env/football/scenario.ts";
import type { Problem } from "../../env/problem.ts";

export function checkPitch(scenario: Scenario): Problem[] {
  const { pitch, zones = [], obstacles = [] } = scenario;
  const { halfWidth, goalHalfWidth } = pitchOf(pitch);
  const problems: Problem[] = [];
  if (goalHalfWidth >= halfWidth) {
    const path = ["pitch", "goalWidth"];
    problems.push({
      path,
      says: `is ${2 * goalHalfWidth}; expected less than the pitch's width, ${2 * halfWidth}`,
    });
  }
  for (const [i, { name, from, to }] of zones.entries()) {
    const path = ["zones", i];
    if (zones.findIndex((zone) => zone.name === name) !== i) {
      problems.push({
        path: [...path, "name"],
        says: `is "${name}" a second time; expected a name of its own`,
      });
    }
    if (from[0] === to[0] || from[1] === to[1]) {
      problems.push({ path, says: "has no area; expected two opposite corners" });
    }
  }
  return [
    ...problems,
    ...obstacles.flatMap((obstacle, i) => checkObstacle(scenario, obstacle, ["obstacles", i])),
  ];
}

function checkObstacle(scenario: Scenario, obstacle: Obstacle, path: readonly PropertyKey[]): Problem[] {
  const { radius, size } = obstacle;
  if ((radius === undefined) === (size === undefined)) {
    return [{ path, says: "is no shape; expected either a radius or a size" }];
  }
  const pitch = pitchOf(scenario.pitch);
  const [x, y] = toMetres(pitch, obstacle.at);
  const [length, width] = size ?? [2 * radius!, 2 * radius!];
  if (Math.abs(x) + length / 2 > pitch.halfLength || Math.abs(y) + width / 2 > pitch.halfWidth) {
    return [{ path, says: "stands over the edge of the pitch; move it or make it smaller" }];
  }
  const inside = [...placesOf(scenario)].find(([, place]) => isInside(pitch, obstacle, place));
  return inside === undefined ? [] : [{ path, says: `stands where ${inside[0]} starts; move one of them` }];
}

/** Where everybody and the ball are before a variation, with who may stand there by it. */
function placesOf({ ball, left, right, variation }: Scenario): [string, Point][] {
  return [
    ["ball", ball],
    ...(["left", "right"] as const).flatMap((side) =>
      (side === "left" ? left : right).players.map(({ position }, place): [string, Point] => [
        `${side}.${place}`,
        position,
      ]),
    ),
    ...(variation?.choices ?? []).flat().map(({ member, position }): [string, Point] => [member, position]),
  ];
}

/** @file Goals that fit the pitch, zones that have a name of their own and a size, and obstacles that have one shape. */
import type { Scenario } from "../../env/football/scenario.ts";
import type { Problem } from "../../env/problem.ts";

/** GRF's, in metres. */
const USUAL = { width: 72, goalWidth: 7.4 };

export function checkPitch({ pitch, zones = [], obstacles = [] }: Scenario): Problem[] {
  const { width = USUAL.width, goalWidth = USUAL.goalWidth } = pitch ?? {};
  const problems: Problem[] = [];
  if (goalWidth >= width) {
    const path = ["pitch", "goalWidth"];
    problems.push({ path, says: `is ${goalWidth}; expected less than the pitch's width, ${width}` });
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
  for (const [i, { radius, size }] of obstacles.entries()) {
    if ((radius === undefined) !== (size === undefined)) continue;
    problems.push({ path: ["obstacles", i], says: "is no shape; expected either a radius or a size" });
  }
  return problems;
}

/** @file Plays equal sides against each other and writes who wins into docs/FOOTBALL.md; status 1 when a side is favoured. */
import { tellEqualSides } from "./equal-sides.ts";
import { comparisons, fairnessTable, isFair } from "./fairness-table.ts";

// Equal teams are one lineup turned by half a turn, so which of them is A is a matter of names only.
const matches = await tellEqualSides("fairness", 200, fairnessTable);
const favours = comparisons(matches).filter((comparison) => !isFair(comparison));
for (const { one, other } of favours) console.error(`not met: ${one} and ${other} do not win alike`);
if (favours.length > 0) process.exitCode = 1;

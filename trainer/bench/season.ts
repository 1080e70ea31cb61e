/** @file Plays a season of full matches and writes its table into docs/FOOTBALL.md; status 1 when a range is missed. */
import { tellEqualSides } from "./equal-sides.ts";
import { failures, seasonTable } from "./season-table.ts";

const missed = failures(await tellEqualSides("season", 100, seasonTable));
for (const sentence of missed) console.error(`not met: ${sentence}`);
if (missed.length > 0) process.exitCode = 1;

import { expect, test } from "vitest";
import { loadHash } from "../../env/hash.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { compared, everyCase } from "./cases.ts";
import { trace } from "./trace.ts";

// Episodes recorded before a change of these hashes cannot be verified after it. When a change of the game is
// meant: `npm run golden` records the hashes anew, and the diff shows which scenarios it changed.
test("the episodes of every scenario go as they always went", async () => {
  const { hash64 } = await loadHash();
  const digest = (text: string) => hash64(new TextEncoder().encode(text));
  const golden: Record<string, object> = {};
  for (const what of everyCase(compared(listScenarios()), 60)) {
    const { states, frames, ticks } = await trace(what);
    golden[`${what.scenario.id} ${what.actions} ${what.seed}`] = {
      steps: states.length - 1,
      states: digest(states.join("")),
      ticks: digest(ticks),
      frames: digest(frames.join("")),
    };
  }
  await expect(`${JSON.stringify(golden, null, 2)}\n`).toMatchFileSnapshot("golden.json");
}, 120_000);

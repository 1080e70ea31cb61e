/** @file Sokoban in a real browser: the same levels, states, frames and plans as in Node. */
import { expect, test } from "vitest";
import { bundleScript, launchChromium, lacksChromium } from "../../tests/browser/chromium.ts";
import * as sokoban from "./index.ts";

const missing = lacksChromium("Sokoban is the same in a browser");

/** Runs in both: what a seed gives, its shortest plan, and the state and the frame after each of its moves. */
async function trace(game: typeof sokoban, size: sokoban.Variant, seed: number): Promise<string[]> {
  const env = await game.makeSokoban({ size, frame: { width: 196, height: 196 } });
  env.reset({ seed });
  const solution = game.solve(env.level);
  const lines = [env.text(), JSON.stringify(solution)];
  for (const move of solution.status === "solved" ? solution.plan : []) {
    const { reward } = env.step(move);
    let sum = 0;
    env.frame().data.forEach((byte, i) => (sum = (sum * 31 + byte + i) >>> 0));
    lines.push(`${reward} ${env.stateHash()} ${sum}`);
  }
  return lines;
}

test.skipIf(missing)(
  "in Chromium everything is as in Node",
  async () => {
    const script = await bundleScript(new URL("index.ts", import.meta.url));
    const browser = await launchChromium();
    try {
      const tab = await browser.newPage();
      await tab.addScriptTag({ content: script });
      for (const size of ["small-v1", "v1"] as const) {
        for (let seed = 0; seed < 3; seed++) {
          const there = await tab.evaluate(`(${trace.toString()})(page, ${JSON.stringify(size)}, ${seed})`);
          expect(there).toEqual(await trace(sokoban, size, seed));
        }
      }
    } finally {
      await browser.close();
    }
  },
  120_000,
);

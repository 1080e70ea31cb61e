/** @file Adapters that Touchline writes, in peft: the same layers, and the logits of the folder with them merged in. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../../agent/model/index.ts";
import { type LoraOptions, makeAdapter, mergeAdapter, writeAdapter } from "../../trainer/lora/index.ts";
import { fixtureFolder, temporaryFolder } from "./fixture.ts";
import { runPython } from "./python.ts";

const OPTIONS: LoraOptions[] = [
  { rank: 4, alpha: 8 },
  { rank: 3, alpha: 2, vision: true, rankStabilised: true },
  // The tower has layers of this name, too, which stay out.
  { rank: 8, alpha: 16, targets: ["q_proj", "up_proj"] },
];

interface Held {
  layers: string[];
  missing: string[];
  unexpected: string[];
  moved: number;
  difference: number;
}

test("peft loads them, and computes what the merged folder does", () => {
  const folder = temporaryFolder();
  const fixture = fixtureFolder("tied");
  const base = join(fixture, "model");
  const config = readConfig(base);
  const adapters = OPTIONS.map((options, i) => {
    const { layers, values } = makeAdapter(config, options, i);
    for (const matrix of values.values())
      matrix.forEach((value, at) => (matrix[at] = value || Math.sin(at) / 9));
    const [adapter, merged] = [join(folder, `adapter-${i}`), join(folder, `merged-${i}`)];
    writeAdapter(adapter, { layers, values }, options, base);
    mergeAdapter(base, adapter, merged);
    return { layers: [...layers.keys()], folders: [adapter, merged] };
  });
  const found = runPython(
    "load_adapter.py",
    base,
    fixture,
    ...adapters.flatMap(({ folders }) => folders),
  ) as Held[];
  expect(found).toHaveLength(OPTIONS.length);
  found.forEach(({ layers, missing, unexpected, moved, difference }, i) => {
    expect(layers).toEqual(adapters[i]!.layers.map((layer) => `base_model.model.${layer}`).sort());
    expect({ missing, unexpected }).toEqual({ missing: [], unexpected: [] });
    expect(moved).toBeGreaterThan(0.1);
    expect(difference).toBeLessThan(1e-4);
  });
});

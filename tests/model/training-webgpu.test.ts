/**
 * @file Training on WebGPU, by the driver in software that comes with Chromium: the losses of the CPU after ten steps,
 * and no node that is left to the CPU.
 */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Graph, Session } from "../../agent/graph/index.ts";
import { openWeights, parameterShapes, readConfig, storedWeights } from "../../agent/model/index.ts";
import { gradientGraph, stepGraph, type TrainingPlan, updateGraph } from "../../trainer/learner/graph.ts";
import { steady } from "../../trainer/learner/steady.ts";
import { crossEntropy, tokenValues } from "../../trainer/loss/index.ts";
import { mul, reduceSum } from "../../agent/graph/ops/index.ts";
import { ADAMW_DEFAULTS } from "../../trainer/optimiser/index.ts";
import { fixtureFolder } from "../reference/fixture.ts";
import { readTraining, train } from "./training.ts";

const SOFTWARE = "/usr/lib/chromium/vk_swiftshader_icd.json";
process.env["VK_ICD_FILENAMES"] = SOFTWARE;
process.env["XDG_RUNTIME_DIR"] ??= tmpdir();

/** The driver compiles every shader anew. */
const MINUTES = 60_000;

function planOf(name: string, recompute: boolean): TrainingPlan {
  const directory = join(fixtureFolder(name), "model");
  const config = readConfig(directory);
  return {
    config,
    loss: ({ g, logits, labels, perRow }) => {
      const { entropy } = tokenValues(g, logits(), labels);
      const loss = crossEntropy(g, logits(), labels, perRow("weights"));
      return { loss, metrics: { entropy: reduceSum(g, mul(g, entropy(), perRow("weights")), [0]) } };
    },
    trained: new Set(parameterShapes(config).keys()),
    frozen: storedWeights(openWeights(directory)),
    recompute,
    optimiser: { ...ADAMW_DEFAULTS, weightDecay: 0.1 },
    directory,
  };
}

// With CI set a machine without the driver fails instead of stepping aside.
describe.skipIf(!existsSync(SOFTWARE) && !process.env["CI"])("training on WebGPU", () => {
  const graphs = ["tied", "sliding"].flatMap((name) =>
    [false, true].flatMap((pictures) => [false, true].map((recompute) => ({ name, pictures, recompute }))),
  );
  test.each(graphs)(
    "every node of a step of $name is on the device, pictures $pictures, recompute $recompute",
    async ({ name, pictures, recompute }) => {
      const plan = planOf(name, recompute);
      await openWhole(stepGraph(plan, pictures).graph, plan);
    },
    2 * MINUTES,
  );

  test(
    "every node of a step in parts, and of one with few rows",
    async () => {
      const plan = planOf("tied", false);
      const { graph, trainable } = gradientGraph(plan, true);
      for (const part of [graph, updateGraph(plan, trainable), steady(stepGraph(plan, true).graph)]) {
        await openWhole(part, plan);
      }
    },
    2 * MINUTES,
  );

  test("and a graph with a node that is not does not open", async () => {
    const { graph } = stepGraph(planOf("tied", false), false);
    await expect(Session.open(graph, { device: "webgpu", wholeOnDevice: true })).rejects.toMatchObject({
      code: "graph/session",
      message: expect.stringContaining("fallback to CPU EP has been explicitly disabled"),
    });
  });

  test(
    "ten steps give torch's losses, parameters and optimiser on the device",
    async () => {
      const batch = readTraining("tied").batches.find(({ name }) => name === "pictures")!;
      const found = await train("tied", batch, { device: "webgpu" });
      found.forEach(({ loss }, i) => {
        expect(Math.abs(loss - batch.steps[i]!.loss), `step ${i + 1}`).toBeLessThan(1e-3);
      });
    },
    5 * MINUTES,
  );
});

/** Throws where a node would be left to the CPU. */
async function openWhole(graph: Graph, { directory }: TrainingPlan): Promise<void> {
  const options = { device: "webgpu", directory, integersOnHost: true, wholeOnDevice: true } as const;
  await (await Session.open(graph, options)).close();
}

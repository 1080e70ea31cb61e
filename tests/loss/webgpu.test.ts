/** @file Losses of policy and value on WebGPU, by the driver in software that comes with Chromium. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { combine, policyLoss, valueLoss } from "../../trainer/loss/index.ts";
import { fixtureFolder } from "../reference/fixture.ts";
import { distance, runLoss, type Setup } from "./run.ts";

const SOFTWARE = "/usr/lib/chromium/vk_swiftshader_icd.json";
const folder = mkdtempSync(join(tmpdir(), "touchline-losses-"));
afterAll(() => rmSync(folder, { recursive: true }));
Object.assign(process.env, { VK_ICD_FILENAMES: SOFTWARE, XDG_RUNTIME_DIR: folder });

// With CI set a machine without the driver fails instead of stepping aside.
describe.skipIf(!existsSync(SOFTWARE) && !process.env.CI)("on WebGPU", () => {
  test("every node fits the device, and the numbers are the CPU's", async () => {
    const { parameters, labels, rows } = JSON.parse(
      readFileSync(fixtureFolder("losses.json"), "utf8"),
    ) as Setup;
    const setup = { parameters, labels, rows: { ...rows, weights: labels.map(() => 1 / labels.length) } };
    const policy = policyLoss({
      dualClip: 3,
      temperature: 0.75,
      entropyCoefficient: 0.05,
      kl: { coefficient: 0.1, estimator: "k3" },
    });
    const loss = combine([
      [policy, 1],
      [valueLoss(), 0.5],
    ]);
    const expected = await runLoss(loss, setup);
    const found = await runLoss(loss, setup, { device: "webgpu", integersOnHost: true, wholeOnDevice: true });
    expect(distance([found.loss], [expected.loss])).toBeLessThan(1e-4);
    expect(Object.keys(found.gradients)).toHaveLength(5);
    for (const [name, gradient] of Object.entries(expected.gradients)) {
      expect(distance(found.gradients[name]!, gradient), name).toBeLessThan(1e-4);
    }
    for (const [name, metric] of Object.entries(expected.metrics)) {
      expect(distance([found.metrics[name]!], [metric]), name).toBeLessThan(1e-4);
    }
  });
});

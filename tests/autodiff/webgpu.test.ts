/** @file Every rule on WebGPU, by the driver in software that comes with Chromium: no node falls back to the CPU. */
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { makeRandom } from "../../env/random.ts";
import { type Differentiable, RULES } from "../../trainer/autodiff/index.ts";
import { evaluateAll } from "../model/evaluate.ts";
import { CASES } from "./cases/index.ts";
import { expectGradients } from "./differences.ts";

const SOFTWARE = "/usr/lib/chromium/vk_swiftshader_icd.json";
process.env["VK_ICD_FILENAMES"] = SOFTWARE;
process.env["XDG_RUNTIME_DIR"] = mkdtempSync(join(tmpdir(), "touchline-webgpu-"));

const OPS = Object.keys(RULES) as Differentiable[];
/** Of ranks 3 and 4; a driver in software takes its time. */
const DRAW = 3;
/** WebGPU has neither bfloat16 nor float64, and float16 not everywhere: these are left to the CPU. */
const LEFT: ReadonlySet<string> = new Set<Differentiable>(["Cast"]);

// With CI set a machine without the driver fails instead of stepping aside.
describe.skipIf(!existsSync(SOFTWARE) && !process.env["CI"])("on WebGPU the rule of", () => {
  it.each(OPS)("%s gives the gradients that small steps show", async (op) => {
    const options = { device: "webgpu", integersOnHost: true, wholeOnDevice: !LEFT.has(op) } as const;
    const random = makeRandom(DRAW, OPS.indexOf(op));
    await expectGradients(random, CASES[op](random, DRAW), undefined, (given, build) =>
      evaluateAll(given, build, options),
    );
  });
});

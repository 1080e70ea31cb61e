/** @file Our half of `npm run bench:train`: a learner in a process of its own. */
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { ADAMW_DEFAULTS } from "../../../trainer/optimiser/index.ts";
import { Learner, makeBatch, type TrainingBatch } from "../../../trainer/learner/index.ts";
import { crossEntropy } from "../../../trainer/loss/index.ts";
import type { Case, Measured } from "./case.ts";
import { idsOf } from "./case.ts";

let learner: Learner;
let batches: TrainingBatch[];
const LEARNING_RATE = 1e-3;

const commands = {
  open({ directory, batch, length, threads, recompute, device }: Case): object {
    learner = Learner.open(directory, {
      train: ["text"],
      threads,
      recompute,
      device,
      optimiser: { ...ADAMW_DEFAULTS, weightDecay: 0.1 },
      loss: ({ g, logits, labels, perRow }) => ({
        loss: crossEntropy(g, logits(), labels, perRow("weights")),
      }),
    });
    const sequences = idsOf(batch, length).map((ids) => ({
      ids,
      pixelValues: new Float32Array(0),
      grids: [],
      learned: ids.slice(1).map((_, i) => i + 1),
    }));
    const made = makeBatch(learner.config, sequences);
    batches = [{ batch: made, rows: { weights: new Float32Array(made.rows).fill(1 / made.rows) } }];
    return { plannedBytes: learner.memory(made.lengths).total };
  },

  async step(): Promise<Measured> {
    const [start, cpu, inside] = [performance.now(), process.cpuUsage(), learner.seconds];
    const { loss, gradientNorm } = await learner.step(batches, LEARNING_RATE);
    const { user, system } = process.cpuUsage(cpu);
    const milliseconds = performance.now() - start;
    return {
      loss,
      gradientNorm,
      milliseconds,
      cpuMilliseconds: (user + system) / 1000,
      outside: 1 - ((learner.seconds - inside) * 1000) / milliseconds,
    };
  },

  memory: (): object => ({ peakBytes: process.resourceUsage().maxRSS * 1024 }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, given] = JSON.parse(line) as [keyof typeof commands, Case];
  const result = await Promise.resolve(commands[name](given));
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

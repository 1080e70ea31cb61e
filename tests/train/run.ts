/** @file Runs of `touchline train` on the tiny model, as processes that tests may stop. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { LAUNCHER } from "../cli/run.ts";
import { fixtureFolder } from "../reference/fixture.ts";

const EXAMPLES = [
  ["Who has it?", "Seven."],
  ["Where is the ball?", "On the left, near the corner flag."],
  ["And now?", "Out."],
  ["What shall I do?", "<think>Nobody is near.</think><answer>shot</answer>"],
  ["Is it a goal?", "No."],
  ["Who kicks off?", "Those who conceded."],
  ["Kick?", "Yes, and hard."],
];

export interface RunFiles {
  recipe: string;
  out: string;
}

/** Writes data and a recipe into a folder; `changes` are keys of the recipe. */
export function writeRecipe(folder: string, name: string, changes: object = {}): string {
  const data = join(folder, `${name}.jsonl`);
  const lines = EXAMPLES.map(([question, answer]) =>
    JSON.stringify({
      messages: [
        { role: "user", content: question },
        { role: "assistant", content: answer },
      ],
    }),
  );
  writeFileSync(data, `${lines.join("\n")}\n`);
  const recipe = {
    model: join(fixtureFolder("tied"), "model"),
    stage: "sft",
    data: [data],
    epochs: 40,
    batchSize: 3,
    tokensPerMicroBatch: 80,
    learningRate: 2e-3,
    schedule: { warmupSteps: 5 },
    optimiser: { weightDecay: 0.1 },
    evaluate: { data: [data], every: 25 },
    saveEvery: 4,
    keepCheckpoints: 2,
    ...changes,
  };
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(recipe));
  return path;
}

/** A process of the command. */
export class Training {
  stdout = "";
  stderr = "";
  readonly #child;
  readonly ended: Promise<{ status: number | null; signal: NodeJS.Signals | null }>;

  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, [LAUNCHER, "train", ...args]);
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    this.ended = new Promise((resolve) => {
      this.#child.on("close", (status, signal) => resolve({ status, signal }));
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves once `holds`, or when the process has ended. */
  async until(holds: () => boolean): Promise<void> {
    while (this.#child.exitCode === null && this.#child.signalCode === null && !holds()) await setTimeout(5);
  }
}

export type Line = Record<string, number> & { global_step: number };

export function readMetrics(out: string): Line[] {
  const path = join(out, "metrics.jsonl");
  if (!existsSync(path)) return [];
  const whole = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return whole.map((line) => JSON.parse(line) as Line);
}

/** Without what depends on the machine's pace. */
export function timeless(lines: readonly Line[]): object[] {
  return lines.map(({ "charts/SPS": _steps, "charts/tokens_per_second": _tokens, ...rest }) => rest);
}

/** The files of a checkpoint, weights and optimiser to the bit. */
export function readCheckpoint(path: string): Map<string, Buffer> {
  return new Map(readdirSync(path).map((name) => [name, readFileSync(join(path, name))]));
}

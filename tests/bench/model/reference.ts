/** @file transformers on torch, in a process of its own that answers one command after the other. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const VENV =
  process.env["TOUCHLINE_REFERENCE_VENV"] ?? fileURLToPath(new URL("../../reference/.venv", import.meta.url));
const SCRIPT = fileURLToPath(new URL("../model.py", import.meta.url));

export const ATTENTIONS = ["eager", "sdpa"] as const;
export type Attention = (typeof ATTENTIONS)[number];

/** Methods of model.py's Bench: what they take and give. Times in seconds. */
interface Commands {
  open: [{ directory: string; threads: number }, { parameters: number; torch: string }];
  prompt: [{ ids: readonly number[]; pixels: string | null; grid: readonly number[] | null }, object];
  generate: [
    { attention: Attention; rows: number; tokens: number },
    { prefill: number; decode: number; ids: number[] },
  ];
  vision: [{ attention: Attention; rows: number }, { seconds: number }];
}

export class Reference {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  /** The environment that tests/reference/make.sh makes. */
  constructor() {
    this.#child = spawn(`${VENV}/bin/python`, ["-B", SCRIPT], {
      stdio: ["pipe", "pipe", "inherit"],
      // Threads that spin while they wait take the cores from each other as soon as anything else runs.
      env: { OMP_WAIT_POLICY: "PASSIVE", ...process.env },
    });
    this.#child.on("error", (error) => {
      throw new Error(`${VENV} holds no Python: run tests/reference/make.sh (${error.message})`);
    });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  async ask<K extends keyof Commands>(name: K, given: Commands[K][0]): Promise<Commands[K][1]> {
    this.#child.stdin!.write(`${JSON.stringify([name, given])}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`model.py ended at "${name}"`);
    return JSON.parse(value) as Commands[K][1];
  }

  close(): void {
    this.#child.stdin!.end();
  }
}

/** @file A process of its own that answers commands, one JSON document a line. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The environment that tests/reference/make.sh makes. */
const VENV =
  process.env["TOUCHLINE_REFERENCE_VENV"] ?? fileURLToPath(new URL("../reference/.venv", import.meta.url));

export class Worker {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #name: string;

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#name = [command, ...args].join(" ");
    this.#child = spawn(command, args, {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, ...env },
    });
    this.#child.on("error", (error) => {
      throw new Error(
        `${this.#name} did not start; for Python run tests/reference/make.sh (${error.message})`,
      );
    });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  async ask<T>(name: string, given: object = {}): Promise<T> {
    this.#child.stdin!.write(`${JSON.stringify([name, given])}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.#name} ended at "${name}"`);
    return JSON.parse(value) as T;
  }

  close(): void {
    this.#child.stdin!.end();
  }
}

/** A script of this folder on torch. Threads that spin while they wait take the cores from each other. */
export function startReference(script: string): Worker {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return new Worker(`${VENV}/bin/python`, ["-B", path], {
    OMP_WAIT_POLICY: process.env["OMP_WAIT_POLICY"] ?? "PASSIVE",
  });
}

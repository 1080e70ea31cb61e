/** @file A process of its own that answers commands, one JSON document a line, and how much memory it has taken. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

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

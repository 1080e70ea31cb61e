/** @file Runs the one command as a user does, in a process of its own. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

export const LAUNCHER = fileURLToPath(new URL("../../bin/touchline.js", import.meta.url));

/** Of one command on a machine that has much else to do. */
const LONGEST_MS = 240_000;

export interface Outcome {
  status: number;
  stdout: string;
  stderr: string;
}

export function touchline(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, timeout: LONGEST_MS, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [LAUNCHER, ...args], options, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code;
      // A command that is told to stop ends in order, and would seem to have done what it was asked.
      if (error?.killed) reject(new Error(`stopped after ${LONGEST_MS / 1000} s: ${args.join(" ")}`));
      else if (typeof status === "number") resolve({ status, stdout, stderr });
      else reject(error ?? new Error("no exit status"));
    });
  });
}

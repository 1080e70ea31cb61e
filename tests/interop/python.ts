/** @file Python scripts of `python/`, in the virtual environment that `run.ts` made. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Set by `run.ts`. */
export const PYTHON = process.env["TOUCHLINE_INTEROP_PYTHON"] ?? "";

/** Nothing is looked up on the Hub. */
export const PYTHON_ENVIRONMENT = { HF_HUB_OFFLINE: "1", TRANSFORMERS_OFFLINE: "1" };

/** What the script prints, which must be JSON. Its errors fail the test with what it said. */
export function runPython(script: string, ...args: readonly string[]): unknown {
  if (PYTHON === "")
    throw new Error("Start these tests with npm run test:interop, which finds Python for them.");
  const output = execFileSync(PYTHON, ["-B", join(import.meta.dirname, "python", script), ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...PYTHON_ENVIRONMENT },
  });
  return JSON.parse(output.trim().split("\n").at(-1)!);
}

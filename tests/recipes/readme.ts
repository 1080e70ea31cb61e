/** @file The commands in the blocks of a README, and what makes them small enough for a test. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { LAUNCHER } from "../cli/run.ts";

/** Lines of fenced blocks, those that end in a backslash joined with the next. */
export function commandsOf(readme: string): string[] {
  const blocks = [...readFileSync(readme, "utf8").matchAll(/^```\n(.*?)^```$/gms)].map(([, text]) => text!);
  return blocks.flatMap((text) =>
    text
      .replaceAll(/\\\n\s*/g, "")
      .trim()
      .split("\n"),
  );
}

export interface Running {
  cwd: string;
  env?: Record<string, string>;
  /** It is told to end (Ctrl-C) once it has printed this. */
  until?: RegExp;
  status?: number;
}

/** Runs a line in a shell; what it printed. Throws when it ends otherwise than with `status`, 0. */
export function run(line: string, { cwd, env = {}, until, status = 0 }: Running): Promise<string> {
  return new Promise((resolve, reject) => {
    // The shell gives its place to the command, so that a signal reaches that.
    const command = until ? `exec ${line}` : line;
    const child = spawn("sh", ["-c", command], { cwd, env: { ...process.env, ...env } });
    let output = "";
    let isTold = false;
    const hear = (piece: unknown): void => {
      output += String(piece);
      if (isTold || !until?.test(output)) return;
      isTold = true;
      // Some say so a moment before they listen.
      setTimeout(() => child.kill("SIGINT"), 1000);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("close", (ended, by) => {
      if (ended === status) resolve(output);
      else reject(new Error(`${line} ended with ${ended ?? by}:\n${output}`));
    });
  });
}

/** `npx touchline` of a checkout. */
export function ofCheckout(line: string): string {
  return line.replace(/^npx touchline/, `"${process.execPath}" "${LAUNCHER}"`);
}

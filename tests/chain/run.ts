/**
 * @file The paper's chain from end to end, by the commands of docs/TRAINING.md: `npm run chain` makes a model of 50 million
 * random parameters and questions of geometry, imitates their form, and learns as LMM-R1 does: FRE in words, interrupted and
 * gone on with, then MGT on pictures; merges, exports, asks and benches what came of it. Time and peak memory of each command stand
 * beside it.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { LAUNCHER } from "../cli/run.ts";
import { COLD_STEPS, makeChain, ROLLOUTS } from "./make.ts";

interface Done {
  seconds: number;
  peakBytes: number;
  stdout: string;
}

const directory = resolve(process.argv[2] ?? "runs/chain");
const at = (...names: string[]): string => join(directory, ...names);
const last = (run: string, step: number): string => at(run, "checkpoints", String(step));

rmSync(directory, { recursive: true, force: true });
await makeChain(directory);

await touchline(["train", "--recipe", at("cold.json"), "--out", at("cold")]);
const data = ["--data", at("text.jsonl"), at("image.jsonl")];
const begun = ["--model", last("cold", COLD_STEPS), ...data, "--out", at("run")];
await touchline(["train", "--recipe", at("lmm-r1.json"), ...begun], {
  interruptAfter: at("run", "1-fre", "metrics.jsonl"),
});
await touchline(["train", "--resume", at("run")]);
const [fre, mgt] = [last("run/1-fre", ROLLOUTS), last("run/2-mgt", ROLLOUTS)];
await touchline(["model", "merge", fre, "--adapter", mgt, "--out", at("merged")]);
await touchline(["model", "export", at("merged"), "--out", at("exported")]);
const asked = ["--input", at("asked.json"), "--stop", "</answer>", "--max-tokens", "48"];
const { stdout } = await touchline(["model", "generate", at("merged"), ...asked]);
const benched = ["--limit", "20", "--max-tokens", "48", "--out", at("bench")];
await touchline(["bench", "reasoning-frames", "--policy", `dir:${at("merged")}`, ...benched]);
const played = ["--scenario", "academy_empty_goal_close", "--episodes", "1", "--decision-steps", "10"];
const short = ["--max-tokens", "32", "--greedy"];
await touchline(["play", "--policy", `dir:${at("merged")}`, ...played, ...short]);
console.log(stdout);
for (const name of ["1-fre", "2-mgt"]) console.log(name, curves(at("run", name, "metrics.jsonl")));

/** Runs one command as a user does, and tells what it took. `interruptAfter`: Ctrl-C as soon as this file is there. */
async function touchline(
  args: string[],
  { interruptAfter }: { interruptAfter?: string } = {},
): Promise<Done> {
  const began = performance.now();
  const child = spawn(process.execPath, [LAUNCHER, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let [stdout, peakBytes, interrupted] = ["", 0, false];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  const ended = new Promise<number | null>((end) => void child.on("close", end));
  while (child.exitCode === null && child.signalCode === null) {
    peakBytes = Math.max(peakBytes, peakOf(child.pid!));
    if (interruptAfter !== undefined && !interrupted && existsSync(interruptAfter)) {
      interrupted = true;
      child.kill("SIGINT");
    }
    await Promise.race([setTimeout(100), ended]);
  }
  const [status, expected] = [await ended, interruptAfter === undefined ? 0 : 130];
  const seconds = (performance.now() - began) / 1000;
  const command = `touchline ${args.join(" ").replaceAll(directory, ".")}`;
  console.log(`${seconds.toFixed(0)} s, ${(peakBytes / 1e9).toFixed(2)} GB: ${command}`);
  if (status !== expected) throw new Error(`${command} ended with ${status}; expected ${expected}.`);
  return { seconds, peakBytes, stdout };
}

/** The most memory that a process has had, where Linux tells it. */
function peakOf(pid: number): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return 1024 * Number(found?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function curves(path: string): string {
  const lines = readFileSync(path, "utf8").trim().split("\n");
  const names = ["rewards/format", "rewards/accuracy", "time/rollout", "time/update"];
  return names
    .map((name) => {
      const values = lines.map((line) => (JSON.parse(line) as Record<string, number>)[name] ?? NaN);
      return `${name} ${values.map((value) => value.toFixed(2)).join(" ")}`;
    })
    .join("; ");
}

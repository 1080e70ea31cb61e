/** @file What a process of a memory bench tells of itself, a line a stage. */
import { readFileSync } from "node:fs";

/** The most memory that the process has had so far, mapped files included, in bytes. */
function peakBytes(): number {
  const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"));
  return Number(line![1]) * 1024;
}

/** `start`: when the stage began, by performance.now(). */
export function tell(stage: string, start: number): void {
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(`${JSON.stringify({ stage, seconds, peakBytes: peakBytes() })}\n`);
}

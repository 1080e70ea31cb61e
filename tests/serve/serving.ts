/** @file `touchline serve` as one types it, in a process of its own, for as long as a test needs it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { LAUNCHER } from "../cli/run.ts";

export interface Serving {
  url: string;
  port: number;
  pid: number;
  /** Ctrl-C, or another signal; the exit status, or the signal that ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
}

/** Starts it with these words on any port; whoever starts it stops it. */
export async function startServing(
  words: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Serving> {
  const port = words.includes("--port") ? [] : ["--port", "0"];
  const child = spawn(process.execPath, [LAUNCHER, "serve", "--json", ...port, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const exited = once(child, "exit");
  let complaint = "";
  child.stderr.on("data", (piece) => (complaint += String(piece)));
  const stop = async (signal: NodeJS.Signals = "SIGINT"): Promise<number | string> => {
    child.kill(signal);
    const [status, by] = await exited;
    return status ?? by;
  };
  let text = "";
  for await (const line of createInterface({ input: child.stdout })) {
    text += line;
    if (line === "}") {
      const { url, port: bound } = JSON.parse(text) as { url: string; port: number };
      return { url, port: bound, pid: child.pid!, stop };
    }
  }
  throw new Error(`touchline serve printed no address: ${complaint}`);
}

/** The same, stopped after the test. */
export async function serving(words: readonly string[] = [], env = {}): Promise<Serving> {
  const server = await startServing(words, env);
  onTestFinished(async () => {
    await server.stop("SIGKILL");
  });
  return server;
}

/** The number of a gauge or of a counter's lines together. */
export async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split("\n").filter((line) => new RegExp(`^touchline_${name}[{ ]`).test(line));
  if (lines.length === 0) throw new Error(`there is no metric ${name}`);
  return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

/** Waits until it holds, at the most ten seconds. */
export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const late = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > late) throw new Error(`it does not come to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

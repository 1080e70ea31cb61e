/** @file The real `transformers serve` on a free port, without a network, for as long as a test needs it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { temporaryFolder } from "./fixture.ts";
import { PYTHON, PYTHON_ENVIRONMENT } from "./python.ts";
import { freePort } from "../free-port.ts";

const START_SECONDS = 90;

export interface ModelServer {
  /** With its path `/v1`. */
  url: string;
  /** All that it has printed so far. */
  log(): string;
  close(): Promise<void>;
}

/** Serves one model folder, which requests name by the same path. Throws with what it printed when it does not come up. */
export async function serveFolder(model: string): Promise<ModelServer> {
  const port = await freePort();
  const script = join(import.meta.dirname, "python/serve.py");
  const options = ["--host", "127.0.0.1", "--port", String(port), "--device", "cpu"];
  // It ends with its standard input: when it is closed, and when this process dies in whatever way.
  const server = spawn(PYTHON, ["-B", script, model, ...options], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...PYTHON_ENVIRONMENT },
  });
  let printed = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => void (printed += text));
  }
  try {
    await untilItAnswers(server, new URL(`http://127.0.0.1:${port}/health`));
  } catch (error) {
    await end(server);
    throw new Error(`transformers serve does not come up.\n${printed}`, { cause: error });
  }
  return { url: `http://127.0.0.1:${port}/v1`, log: () => printed, close: () => end(server) };
}

/**
 * A copy of a model folder as the server needs it: it takes the chat template from a file of its own, as Hub folders
 * have it, and `serve.py` gives it its processor.
 */
export function servedFolder(model: string): string {
  const folder = join(temporaryFolder(), "model");
  cpSync(model, folder, { recursive: true });
  const path = join(folder, "tokenizer_config.json");
  const { chat_template, processor_class, ...rest } = JSON.parse(readFileSync(path, "utf8")) as {
    chat_template: string;
    processor_class: string;
  };
  if (processor_class !== "Qwen2_5_VLProcessor") throw new Error(`serve.py has no ${processor_class}.`);
  writeFileSync(path, JSON.stringify({ ...rest, chat_template }));
  writeFileSync(join(folder, "chat_template.jinja"), chat_template);
  return folder;
}

async function untilItAnswers(server: ChildProcess, health: URL): Promise<void> {
  const until = performance.now() + START_SECONDS * 1000;
  while (performance.now() < until) {
    if (server.exitCode !== null) throw new Error(`It ended with status ${server.exitCode}.`);
    const answer = await fetch(health).catch(() => undefined);
    if (answer?.ok) return;
    await wait(200);
  }
  throw new Error(`It was not up after ${START_SECONDS} s.`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, "exit");
  server.kill("SIGKILL");
  await gone;
}

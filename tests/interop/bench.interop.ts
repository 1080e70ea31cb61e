/** @file Benchmarks through `transformers serve`: words and pictures, killed in the middle and gone on with. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inOrder, readRecords } from "../../trainer/benchmark/index.ts";
import type { QuestionRecord } from "../../trainer/benchmark/question/index.ts";
import { LAUNCHER } from "../cli/run.ts";
import { LAYOUTS } from "../suite/layouts/index.ts";
import { fixtureFolder, temporaryFolder } from "./fixture.ts";
import { type ModelServer, serveFolder, servedFolder } from "./serve.ts";

/** At temperature 0 the server draws nothing, and one request at a time is one batch. */
const HOW = ["--temperature", "0", "--max-tokens", "8", "--concurrency", "1"];
const REPEATS = 6;

let model = "";
let server: ModelServer | undefined;

beforeAll(async () => {
  model = servedFolder(join(fixtureFolder("tied"), "model"));
  server = await serveFolder(model);
});
afterAll(() => server?.close());

describe.each([
  ["math500", 0],
  ["mmstar", 1],
] as const)("%s", (suite, pictures) => {
  const data = (): string => {
    const files = join(temporaryFolder(), suite);
    mkdirSync(files);
    return Object.values(LAYOUTS[suite]!)[0]!(files);
  };

  test("is answered, killed by force, gone on with, and comes to the same table", async () => {
    const path = data();
    const policy = `openai:${model}@${server!.url}`;
    const begin = (out: string, ...more: readonly string[]): ChildProcess =>
      spawn(
        process.execPath,
        [
          LAUNCHER,
          "bench",
          suite,
          "--policy",
          policy,
          "--data",
          path,
          "--out",
          out,
          "--repeats",
          `${REPEATS}`,
          ...HOW,
          ...more,
        ],
        { stdio: ["ignore", "ignore", "inherit"] },
      );
    const alone = join(temporaryFolder(), "alone");
    expect(await statusOf(begin(alone))).toBe(0);
    const whole = recordsIn(alone);
    expect(whole.length).toBeGreaterThan(2 * REPEATS - 1);
    for (const { outcome, output, finish, tokens, images } of whole) {
      expect(outcome).not.toMatch(/error/);
      expect(output).not.toBe("");
      expect(finish).toBe(tokens.answer! < 8 ? "stop" : "length");
      expect(tokens.prompt).toBeGreaterThan(8);
      expect(images).toHaveLength(pictures);
    }

    const killed = join(temporaryFolder(), "killed");
    const first = begin(killed);
    while (first.exitCode === null && linesIn(killed) < 3) await wait(2);
    first.kill("SIGKILL");
    await statusOf(first);
    const kept = linesIn(killed);
    expect(kept).toBeGreaterThanOrEqual(3);
    expect(kept).toBeLessThan(whole.length);
    const before = answersOf(server!);
    expect(await statusOf(begin(killed, "--resume"))).toBe(0);
    // What was under way at the kill may be counted after it.
    const missing = whole.length - kept;
    expect([missing, missing + 1]).toContain(answersOf(server!) - before);
    expect(recordsIn(killed).map(timeless)).toEqual(whole.map(timeless));
    expect(tableIn(killed)).toEqual(tableIn(alone));
    if (pictures > 0) expect(readdirSync(join(killed, "images"))).toEqual(readdirSync(join(alone, "images")));
  });
});

async function statusOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

/** How many chats it has answered so far, by its own account. */
function answersOf(server: ModelServer): number {
  return server.log().split(/POST \/v1\/chat\/completions HTTP\/1\.1" 200/).length - 1;
}

function linesIn(directory: string): number {
  const path = join(directory, "records.jsonl");
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0;
}

function recordsIn(directory: string): QuestionRecord[] {
  return inOrder(readRecords<QuestionRecord>(directory).values());
}

function timeless({ milliseconds: _pace, ...rest }: QuestionRecord): object {
  return rest;
}

function tableIn(directory: string): object {
  const text = readFileSync(join(directory, "summary.json"), "utf8");
  const { rows, overall, samples, missing, tokens } = JSON.parse(text) as Record<string, unknown>;
  return { rows, overall, samples, missing, tokens };
}

/** @file `touchline model merge` as a user runs it. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { touchline } from "./run.ts";

const FIXTURE = fileURLToPath(new URL("../reference/fixtures/tied/", import.meta.url));
const [MODEL, ADAPTER] = [join(FIXTURE, "model"), join(FIXTURE, "adapter")];
const scratch = mkdtempSync(join(tmpdir(), "touchline-merge-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const chat = join(scratch, "chat.json");
const content = [{ type: "text", text: "Where is the ball?" }];
writeFileSync(chat, JSON.stringify({ messages: [{ role: "user", content }] }));

async function logits(folder: string): Promise<number[]> {
  const { status, stdout } = await touchline(["model", "logits", folder, "--input", chat, "--json"]);
  expect(status).toBe(0);
  return (JSON.parse(stdout) as { logits: number[][] }).logits[0]!;
}

test("a peft adapter becomes part of the model, once", async () => {
  const out = join(scratch, "merged");
  const merge = (...args: string[]) =>
    touchline(["model", "merge", MODEL, "--adapter", ADAPTER, "--out", out, ...args]);
  const { status, stdout, stderr } = await merge("--json");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({ out, layers: 31 });
  expect(await logits(out)).not.toEqual(await logits(MODEL));

  const again = await merge();
  expect(again).toMatchObject({ status: 1, stdout: "" });
  expect(again.stderr).toContain(`"${out}" is not empty`);

  const onto = await touchline(["model", "merge", MODEL, "--adapter", ADAPTER, "--out", chat]);
  expect(onto).toMatchObject({ status: 1, stdout: "" });
  expect(onto.stderr).toMatch(/^touchline: model\/export-exists: /);
});

test("a folder that is no adapter is named, and nothing is written", async () => {
  const out = join(scratch, "none");
  const { status, stderr } = await touchline(["model", "merge", MODEL, "--adapter", MODEL, "--out", out]);
  expect(status).toBe(1);
  expect(stderr).toContain(join(MODEL, "adapter_config.json"));
  expect(existsSync(out)).toBe(false);
});

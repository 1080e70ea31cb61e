/** @file What is told while a model is being loaded: on the terminal, and on the page in a real Chromium. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  constants,
  cpSync,
  linkSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { whileLoading } from "../../agent/policy/index.ts";
import { lacksChromium } from "../browser/chromium.ts";
import { LAUNCHER } from "../cli/run.ts";
import { CLOSE } from "./mind-host.ts";
import { Client, Venue } from "./serve.ts";
import { visits } from "./visit.ts";

const MODEL = fileURLToPath(new URL("../reference/fixtures/tied/model", import.meta.url));
const missing = lacksChromium("the page says that a model is being loaded");
const venue = new Venue();

test("what takes long is told of once, and what does not is not", async () => {
  let told = 0;
  let loaded: (() => void) | undefined;
  const slow = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  await whileLoading(slow, () => {
    told++;
    loaded!();
  });
  expect(told).toBe(1);
  expect(await whileLoading(Promise.resolve(7), () => told++)).toBe(7);
  await expect(whileLoading(Promise.reject(new Error("none")), () => told++)).rejects.toThrow("none");
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(told).toBe(1);
});

/** A folder whose model is there as soon as its configuration is let through: until then whoever reads it waits. */
function slowFolder(): { folder: string; letThrough: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "touchline-slow-"));
  venue.keep({ close: () => rmSync(folder, { recursive: true }) });
  const path = (name: string): string => join(folder, name);
  const [config, gate, whole] = [path("config.json"), path("gate"), path("whole")];
  cpSync(MODEL, folder, { recursive: true });
  renameSync(config, whole);
  execFileSync("mkfifo", [gate]);
  linkSync(gate, config);
  const letThrough = (): void => {
    const text = readFileSync(whole);
    // The pipe is for the one who reads already.
    renameSync(whole, config);
    const pipe = openSync(gate, constants.O_WRONLY | constants.O_NONBLOCK);
    writeSync(pipe, text);
    closeSync(pipe);
  };
  return { folder, letThrough };
}

/** The command in a process of its own, with the first line of its standard error. */
async function run(...words: readonly string[]) {
  const child = spawn(process.execPath, [LAUNCHER, ...words], { stdio: "pipe" });
  // Not "exit": then what it printed need not be here yet.
  const exited = once(child, "close");
  const stop = async (): Promise<unknown> => {
    child.kill("SIGINT");
    return (await exited)[0];
  };
  venue.keep({ close: stop });
  const out: string[] = [];
  child.stdout.on("data", (data: Buffer) => out.push(data.toString()));
  const errors: string[] = [];
  const lines = createInterface({ input: child.stderr });
  const first = new Promise<string>((resolve) => {
    lines.on("line", (line) => {
      errors.push(line);
      resolve(line);
    });
  });
  return { first: await first, out: () => out.join(""), errors, exited, stop };
}

const SHORT = ["--scenario", CLOSE, "--max-tokens", "8", "--answers", "0", "--decision-steps", "20"];
const ONCE = ["--episodes", "1", "--json"];

test("touchline play says what it loads, and nothing more when it is there", async () => {
  const { folder, letThrough } = slowFolder();
  const { first, out, errors, exited } = await run("play", ...SHORT, ...ONCE, "--policy", `dir:${folder}`);
  expect(first).toBe(`Loading dir:${folder} ...`);
  expect(out()).toBe("");
  letThrough();
  expect(await exited).toEqual([0, null]);
  expect(JSON.parse(out())).toMatchObject({ policy: `dir:${folder}`, episodes: 1, failures: [] });
  expect(errors).toEqual([first]);
});

describe.skipIf(missing)("in a browser", () => {
  const visit = visits(venue, (page) => page.locator(".mind").waitFor());

  test("a page that is open says that the model is being loaded, until there is something to see of it", async () => {
    const { folder, letThrough } = slowFolder();
    const { first, out, stop } = await run("watch", ...SHORT, "--port", "0", "--policy", `dir:${folder}`);
    const url = /^Loading dir:\S+ for (http:\S+) \.\.\.$/.exec(first)?.[1];
    expect(out()).toBe("");
    const page = await visit(url!);
    const [mind, pitch] = [page.locator(".mind"), page.locator(".pitch")];
    await mind.getByText("Loading the model …").waitFor();
    await pitch.getByText("Loading the model …").waitFor();
    expect(await mind.locator(".facts").textContent()).toContain(`dir:${folder}`);
    const client = venue.keep(await Client.join(url!));
    await client.follow(CLOSE);
    expect(await client.socket.emitWithAck("take", { match: CLOSE, player: null })).toEqual({
      error: "The match has not begun yet.",
    });
    letThrough();
    await mind.locator('[data-outcome="unparsed"]').waitFor();
    expect(await page.getByText("Loading the model").count()).toBe(0);
    expect(out()).toContain(`One match is live at ${url}`);
    await page.close();
    expect(await stop()).toBe(0);
  });
});

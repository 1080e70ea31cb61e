/** @file `touchline play` and `touchline replay verify` as a user meets them. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EpisodeRecord } from "../../env/episode/index.ts";
import { readEpisode, writeLine } from "../../env/episode/index.ts";
import { touchline } from "../cli/run.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-play-"));
afterAll(() => rmSync(folder, { recursive: true }));

const recorded = join(folder, "academy_empty_goal-3.jsonl");
let played: { stdout: string; stderr: string; status: number };
let records: EpisodeRecord[];

beforeAll(async () => {
  const line = `play --scenario academy_empty_goal --policy random --episodes 1 --seed 3 --record ${folder}`;
  played = await touchline(line.split(" "));
  const { header, reset, steps, end } = readEpisode(readFileSync(recorded));
  records = [header!, reset!, ...steps, end!];
}, 60_000);

/** A file of these records with correct checksums. */
function write(name: string, records: readonly unknown[]): string {
  const path = join(folder, name);
  const lines = records.map((value) => {
    const record: EpisodeRecord = JSON.parse(JSON.stringify(value));
    return writeLine(record);
  });
  writeFileSync(path, lines.join(""));
  return path;
}

/** The recorded episode with another header, made when the test runs. */
function changedHeader(change: (header: Record<string, unknown>) => object) {
  return () => {
    const header: Record<string, unknown> = JSON.parse(JSON.stringify(records[0]));
    return [{ ...header, ...change(header) }, ...records.slice(1)];
  };
}

describe("touchline play", () => {
  test("prints a table and names the folder of its records", () => {
    expect(played.stderr).toBe("");
    expect(played.status).toBe(0);
    expect(played.stdout).toMatch(/^academy_empty_goal: random against the built-in players\n/);
    expect(played.stdout).toMatch(/^episodes +1, seeds 3 to 3, fixed starts$/m);
    expect(played.stdout).toMatch(/^success +\d+\.\d %, 95 % interval \d+\.\d to \d+\.\d, [01] of 1$/m);
    expect(played.stdout).toMatch(/^hash +[0-9a-f]{16}$/m);
    expect(played.stdout).toContain(folder);
  });

  test("--json prints one document, with the same hash for any number of workers", async () => {
    const line = "play --scenario academy_run_to_score --policy scripted --episodes 4 --seed 2 --vary --json";
    const [one, two] = await Promise.all(
      ["1", "2"].map((workers) => touchline([...line.split(" "), "--workers", workers])),
    );
    const document = JSON.parse(one!.stdout);
    expect(document).toMatchObject({
      scenario: "academy_run_to_score",
      policy: "scripted",
      episodes: 4,
      steps: expect.any(Number),
      decisions: document.steps,
      success: { n: 4, k: document.goalsFor, mean: document.goalsFor / 4 },
      goalsAgainst: expect.any(Number),
      return: { total: document.goalsFor / 4 },
      unparsed: 0,
      stepsPerSecond: expect.any(Number),
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
      failures: [],
    });
    expect(JSON.parse(two!.stdout)).toEqual({ ...document, stepsPerSecond: expect.any(Number) });
    expect([one!.stderr, two!.stderr]).toEqual(["", ""]);
  }, 60_000);

  test("--policy replay:FILE plays a recorded episode again, to the same hash", async () => {
    const hash = /^hash +(\w+)$/m.exec(played.stdout)?.[1];
    const line = `play --scenario academy_empty_goal --episodes 1 --seed 3 --policy replay:${recorded} --json`;
    const { stdout } = await touchline(line.split(" "));
    expect(JSON.parse(stdout)).toMatchObject({ hash });
  });

  test("--rewards weighs the terms, on every thread, and is recorded with the episodes, which verify", async () => {
    const into = join(folder, "rewards");
    const weights = "--rewards scoring=-2,checkpoints=0.5,territory=0";
    const line = `play --scenario academy_empty_goal --episodes 2 --workers 2 ${weights} --record ${into} --json`;
    const { return: sums } = JSON.parse((await touchline(line.split(" "))).stdout);
    expect(sums).toMatchObject({ scoring: 1, territory: expect.any(Number) });
    expect(sums.total).toBeCloseTo(-2 * sums.scoring + 0.5 * sums.checkpoints);
    const file = join(into, "academy_empty_goal-1.jsonl");
    const { header } = readEpisode(readFileSync(file));
    expect(header?.rewards).toEqual({ scoring: -2, checkpoints: 0.5, territory: 0 });
    expect((await touchline(["replay", "verify", file])).status).toBe(0);
  });

  test("--opponent and --players put the players named under control", async () => {
    const into = join(folder, "control");
    const line = `play --scenario academy_corner --policy idle --opponent random --players 1,3 --episodes 1 --record ${into}`;
    expect(await touchline(line.split(" "))).toMatchObject({ status: 0 });
    const { header, steps } = readEpisode(readFileSync(join(into, "academy_corner-0.jsonl")));
    expect(header).toMatchObject({ control: { left: [1, 3], right: "ball" }, policies: { right: "random" } });
    expect(steps[0]?.players.slice(0, 2)).toEqual([1, 3]);
    expect(steps[0]?.players[2]).toBeGreaterThanOrEqual(11);
  });

  test.each(["semantic", "continuous"])(
    "--actions %s is played by both sides, recorded, and verified",
    async (actions) => {
      const into = join(folder, actions);
      const line = `play --scenario academy_corner --policy random --opponent random --actions ${actions}`;
      const more = `--players count:2 --opponent-players 0,4 --episodes 1 --record ${into} --json`;
      const { stdout, stderr } = await touchline(`${line} ${more}`.split(" "));
      expect({ stderr, failures: JSON.parse(stdout).failures }).toEqual({ stderr: "", failures: [] });
      const file = join(into, "academy_corner-0.jsonl");
      const { header, steps } = readEpisode(readFileSync(file));
      expect(header).toMatchObject({ actions, control: { left: { count: 2 }, right: [0, 4] } });
      expect(steps[0]?.players.slice(2)).toEqual([11, 15]);
      const verified = await touchline(["replay", "verify", file]);
      expect(verified).toMatchObject({ status: 0, stderr: "" });
    },
  );

  test("an episode that crashes is told with its seed, and the command fails", async () => {
    const broken = records.map((record) =>
      record.kind === "step" && record.step === 2 ? { ...record, actions: [99] } : record,
    );
    const file = write("broken.jsonl", broken);
    const line = `play --scenario academy_empty_goal --policy replay:${file} --episodes 1 --seed 3 --json`;
    const { status, stdout, stderr } = await touchline(line.split(" "));
    expect(stderr).toMatch(/^touchline: play\/crashed: The episode of seed 3 crashed: Action 99 .*\n$/);
    expect(JSON.parse(stdout)).toMatchObject({ episodes: 0, failures: [{ seed: 3 }] });
    expect(status).toBe(1);
  });

  test.each([
    ["", 2, "cli/wrong-use: required option '--scenario <id>' not specified"],
    ["--scenario academy_corner --episodes 0", 2, "Expected an integer from 1."],
    ["--scenario academy_corner --episodes many", 2, "Expected an integer from 1."],
    ["--scenario academy_corner --seed 1.5", 2, "Expected an integer from 0 to 4294967295."],
    ["--scenario academy_corner --seed 4294967296", 2, "Expected an integer from 0 to 4294967295."],
    ["--scenario academy_corner --workers 0", 2, "Expected an integer from 1 to 256."],
    ["--scenario academy_corner --polcy random", 2, "Did you mean --policy?"],
    [
      "--scenario academy_crner",
      1,
      'scenario/unknown: There is no scenario "academy_crner". Did you mean "academy_corner"?',
    ],
    ["--scenario academy_corner --scenarios nowhere", 1, "scenario/unreadable:"],
    [
      "--scenario academy_corner --policy scriptd",
      1,
      'policy/unknown: There is no policy "scriptd". Did you mean "scripted"?',
    ],
    [
      "--scenario academy_corner --policy nano:large",
      1,
      'policy/argument: The policy "nano" takes no argument',
    ],
    ["--scenario academy_corner --policy scripted:2", 1, 'policy/difficulty: The difficulty "2" is not'],
    [
      "--scenario academy_corner --opponent idel",
      1,
      'policy/unknown: There is no policy "idel". Did you mean "idle"?',
    ],
    ["--scenario academy_corner --policy replay:no.jsonl", 1, "policy/file:"],
    ["--scenario academy_corner --players 1,11", 1, 'play/players: "11" is no player to control'],
    [
      "--scenario academy_corner --opponent idle --opponent-players 11",
      1,
      'play/players: "11" is no player to control on the right',
    ],
    [
      "--scenario academy_corner --opponent-players all",
      1,
      "play/players: The built-in players have the right",
    ],
    [
      "--scenario academy_corner --actions semantics --policy random",
      1,
      'action/set: There is no action set "semantics". Did you mean "semantic"?',
    ],
    [
      "--scenario academy_corner --actions continuous",
      1,
      'policy/actions: The policy "scripted" cannot play with the actions "continuous"',
    ],
    [
      "--scenario academy_corner --rewards scorring=1",
      1,
      'reward/unknown: There is no reward term "scorring". Did you mean "scoring"?',
    ],
    [
      "--scenario academy_corner --rewards scoring",
      1,
      'reward/weight: "scoring" is no weight; expected TERM=',
    ],
    ["--scenario academy_corner --rewards scoring=", 1, 'reward/weight: "scoring=" is no weight'],
    ["--scenario academy_corner --rewards scoring=1e999", 1, 'reward/weight: "scoring=1e999" is no weight'],
    ["--scenario academy_corner --rewards scoring=1,scoring=2", 1, 'reward/weight: "scoring" is there twice'],
    ["--scenario academy_corner --record /dev/null/x", 1, "record/folder:"],
  ])("play %s is refused on one line", async (line, status, sentence) => {
    const outcome = await touchline(["play", ...line.split(" ").filter((word) => word !== "")]);
    expect(outcome.stderr).toContain(sentence);
    expect(outcome.stderr).toMatch(/^touchline: [a-z-]+\/[a-z-]+: .*\n$/);
    expect(outcome).toMatchObject({ status, stdout: "" });
  });
});

describe("touchline replay verify", () => {
  test("finds a recorded episode the same", async () => {
    const { steps } = readEpisode(readFileSync(recorded));
    const { length } = steps;
    const ticks = steps.at(-1)?.tick;
    const human = await touchline(["replay", "verify", recorded]);
    const sentence = `${recorded}: ok, all ${length} steps (${ticks} ticks) are the same\n`;
    expect(human).toEqual({ status: 0, stdout: sentence, stderr: "" });
    const json = await touchline(["replay", "verify", recorded, recorded, "--json"]);
    const report = { file: recorded, ok: true, steps: length, ticks };
    expect(JSON.parse(json.stdout)).toEqual([report, report]);
    expect(json.status).toBe(0);
  });

  test("names the first tick that differs", async () => {
    const changed = records.map((record) => {
      if (record.kind !== "step" || record.step !== 4) return record;
      return { ...record, ticks: `${record.ticks.slice(0, 8)}deadbeef${record.ticks.slice(16)}` };
    });
    const third = records.find((record) => record.kind === "step" && record.step === 3);
    const tick = third?.kind === "step" ? third.tick + 2 : 0;
    const file = write("changed.jsonl", changed);
    const { status, stdout } = await touchline(["replay", "verify", file]);
    expect(stdout).toMatch(
      new RegExp(
        `: differs first at tick ${tick} \\(step 4\\): state was "deadbeef" and is now "[0-9a-f]{8}"`,
      ),
    );
    expect(status).toBe(1);
    const json = await touchline(["replay", "verify", "--json", recorded, file]);
    expect(JSON.parse(json.stdout)).toMatchObject([
      { ok: true },
      { ok: false, difference: { tick, step: 4, what: "ticks", recorded: "deadbeef" } },
    ]);
    expect(json.status).toBe(1);
  });

  test("verifies what stands before a flipped byte and says where the damage begins", async () => {
    const bytes = readFileSync(recorded);
    // A byte of the sixth line: the fourth step.
    const lines = bytes.toString().split("\n");
    const start = Buffer.byteLength(`${lines.slice(0, 5).join("\n")}\n`);
    bytes[start + 40]! ^= 1;
    const file = join(folder, "flipped.jsonl");
    writeFileSync(file, bytes);
    const { status, stdout } = await touchline(["replay", "verify", file]);
    expect(stdout).toContain(`${file}: the 3 steps (`);
    expect(stdout).toContain(`${file}: damaged from line 6, byte ${start} on: The checksum`);
    expect(status).toBe(1);
    const json = await touchline(["replay", "verify", "--json", file]);
    expect(JSON.parse(json.stdout)).toMatchObject([
      { ok: false, steps: 3, damage: { line: 6, byteOffset: start, reason: "checksum" } },
    ]);
  });

  test("keeps what a killed process had played", async () => {
    const into = join(folder, "killed");
    const launcher = fileURLToPath(new URL("../../bin/touchline.js", import.meta.url));
    const line = `play --scenario 11_vs_11_stochastic --policy random --episodes 1 --record ${into}`;
    const child = spawn(process.execPath, [launcher, ...line.split(" ")], { stdio: "ignore" });
    const file = join(into, "11_vs_11_stochastic-0.jsonl");
    while (!existsSync(file) || readFileSync(file).length < 20_000) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill("SIGKILL");
    const { status, stdout } = await touchline(["replay", "verify", file, "--json"]);
    const [report] = JSON.parse(stdout);
    expect(report).toMatchObject({ ok: false, damage: { reason: "cut" } });
    expect(report.steps).toBeGreaterThan(10);
    expect(report.difference).toBeUndefined();
    expect(status).toBe(1);
    expect(readdirSync(into)).toEqual(["11_vs_11_stochastic-0.jsonl"]);
  }, 60_000);

  test.each([
    [
      "version.jsonl",
      changedHeader(() => ({ version: 3 })),
      "episode/version",
      /version 3 .* reads version 1 and 2/,
    ],
    [
      "physics.jsonl",
      changedHeader(() => ({ physics: "rapier2d 0.19.3" })),
      "episode/physics",
      /rapier2d 0\.19\.3/,
    ],
    ["empty.jsonl", () => [], "episode/unreadable", /ends before its end line/],
    ["other.jsonl", () => [{ hello: "world" }], "episode/unreadable", /no record/],
    [
      "scenario.jsonl",
      changedHeader(({ scenario }) => ({ scenario: Object.assign({}, scenario, { steps: -1 }) })),
      "scenario/invalid",
      /steps/,
    ],
    ["frame.jsonl", changedHeader(() => ({ frame: { width: 9 } })), "frame/size", /64 to 4096/],
  ])("%s is refused with a sentence", async (name, content, code, sentence) => {
    const file = write(name, content());
    const { status, stdout, stderr } = await touchline(["replay", "verify", file]);
    expect(stderr).toMatch(new RegExp(`^touchline: ${code}: .*${name}: .*\\n$`));
    expect(stderr).toMatch(sentence);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });

  test("a file that is not there does not keep the others from being verified", async () => {
    const { status, stdout, stderr } = await touchline([
      "replay",
      "verify",
      join(folder, "none.jsonl"),
      recorded,
    ]);
    expect(stderr).toMatch(/^touchline: replay\/file: .*none\.jsonl: .*ENOENT.*\n$/);
    expect(stdout).toContain(": ok, all");
    expect(status).toBe(1);
  });

  test("without a file is wrong use", async () => {
    const { status, stderr } = await touchline(["replay", "verify"]);
    expect(stderr).toContain("cli/wrong-use: missing required argument 'file'");
    expect(status).toBe(2);
  });
});

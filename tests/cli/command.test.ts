/** @file What every command does alike: help, JSON, exit status, and errors without stack traces. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { failureOf } from "../../cli/failure.ts";
import { listScenarios, loadScenario } from "../../scenarios/load.ts";
import { touchline } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("help", () => {
  test.each([
    "",
    " watch",
    " play",
    " scenario",
    " scenario list",
    " scenario show",
    " scenario validate",
    " scenario new",
    " scenario schema",
    " scenario capture",
    " scenario import",
    " replay",
    " env",
    " env check",
    " data",
    " data fre",
    " data mgt",
    " data sft",
    " reward",
    " grade",
    " model",
    " model info",
    " model logits",
    " model generate",
    " model export",
    " model merge",
    " doctor",
  ])("touchline%s --help says how it is used, with an example, and succeeds", async (path) => {
    const { status, stdout, stderr } = await touchline([...path.split(" ").slice(1), "--help"]);
    expect(stdout).toContain(`Usage: touchline${path} `);
    expect(stdout).toMatch(/Examples:\n {2}\$ touchline /);
    expect(stdout).toContain("--json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("--version prints that of package.json", async () => {
    const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await touchline(["--version"])).toEqual({
      status: 0,
      stdout: `${manifest.version}\n`,
      stderr: "",
    });
  });
});

describe("wrong use has status 2, one line on standard error, and nothing on standard output", () => {
  test.each([
    ["scenaro", "unknown command 'scenaro' (Did you mean scenario?) See touchline --help."],
    ["scenario lst", "unknown command 'lst' (Did you mean list?) See touchline scenario --help."],
    ["doctor --jsn", "unknown option '--jsn' (Did you mean --json?) See touchline doctor --help."],
    ["scenario show", "missing required argument 'id' See touchline scenario show --help."],
    ["doctor now", "too many arguments"],
  ])("touchline %s", async (line, sentence) => {
    const { status, stdout, stderr } = await touchline(line.split(" "));
    expect(stderr).toContain(`touchline: cli/wrong-use: ${sentence}`);
    expect(stderr.trim()).not.toContain("\n");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  test("no command at all shows the help as an error", async () => {
    const { status, stdout, stderr } = await touchline([]);
    expect(stderr).toContain("Usage: touchline");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });
});

describe("a failure has status 1 and one sentence with its code", () => {
  test("an unknown scenario names the nearest one", async () => {
    const { status, stdout, stderr } = await touchline(["scenario", "show", "academy_cornr", "--json"]);
    expect(stderr).toMatch(
      /^touchline: scenario\/unknown: There is no scenario "academy_cornr"\. Did you mean "academy_corner"\?/,
    );
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });

  test("TOUCHLINE_TRACE=1 adds the stack trace", async () => {
    const { stderr } = await touchline(["scenario", "show", "nobody"], { TOUCHLINE_TRACE: "1" });
    expect(stderr).toMatch(/\n\s+at loadScenario/);
  });
});

test("a defect of ours is one sentence that says how to see where", () => {
  const defect = new RangeError("Invalid array length");
  expect(failureOf(defect)).toEqual({
    status: 1,
    text: "touchline: internal: Invalid array length (a defect of Touchline; TOUCHLINE_TRACE=1 shows where)",
  });
});

describe("touchline scenario", () => {
  test("list --json prints one document with a row for every scenario", async () => {
    const { status, stdout } = await touchline(["scenario", "list", "--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(
      listScenarios().map(({ id, suite, left, right, steps, teaches }) => ({
        id,
        suite,
        players: [left.players.length, right.players.length],
        steps,
        teaches,
      })),
    );
  });

  test("list --scenarios DIR adds those of a folder of one's own", async () => {
    const own = { ...loadScenario("academy_corner"), id: "my_corner", suite: "own" };
    writeFileSync(join(folder, "my_corner.json"), JSON.stringify(own));
    const { stdout } = await touchline(["scenario", "list", "--scenarios", folder]);
    expect(stdout).toMatch(/^my_corner +own +11 v 11 +400 /m);
  });

  test("show prints the players of both teams, and with --json the complete scenario", async () => {
    const { stdout } = await touchline(["scenario", "show", "academy_3_vs_1_with_keeper"]);
    expect(stdout).toMatch(/^ +3 {2}CM +0\.7 +-0\.2$/m);
    expect(stdout).toMatch(/With --vary: one of 6 placements/);
    const json = await touchline(["scenario", "show", "academy_3_vs_1_with_keeper", "--json"]);
    expect(JSON.parse(json.stdout)).toEqual(loadScenario("academy_3_vs_1_with_keeper"));
  });

  test("validate tells right from wrong files and fails when one is wrong", async () => {
    const right = join(folder, "my_corner.json");
    const wrong = join(folder, "wrong.json");
    writeFileSync(right, JSON.stringify({ ...loadScenario("academy_corner"), id: "my_corner" }));
    writeFileSync(wrong, '{ "version": NaN }');
    expect(await touchline(["scenario", "validate", right])).toEqual({
      status: 0,
      stdout: `${right}: ok\n`,
      stderr: "",
    });
    const { status, stdout, stderr } = await touchline(["scenario", "validate", "--json", right, wrong]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { file: right, ok: true, id: "my_corner" },
      { file: wrong, ok: false, code: "scenario/not-json" },
    ]);
    expect(stderr).toContain('"NaN" cannot stand at line 1, column 14');
  });

  test("new begins a file that is right as it stands, and writes over nothing", async () => {
    const own = join(folder, "new");
    const file = join(own, "mine.json");
    const begun = await touchline(["scenario", "new", file, "--template", "keep"]);
    expect(begun).toMatchObject({ status: 0, stderr: "" });
    expect(begun.stdout).toContain(`touchline watch --scenarios ${own} --scenario mine`);
    expect(existsSync(join(own, "scenario.schema.json"))).toBe(true);
    const again = await touchline(["scenario", "new", file]);
    expect(again).toMatchObject({ status: 1 });
    expect(again.stderr).toContain("is there already; give another name.");
    expect(await touchline(["scenario", "new", join(own, "no name.json")])).toMatchObject({ status: 1 });
    expect(await touchline(["scenario", "validate", own])).toMatchObject({
      status: 0,
      stdout: `${file}: ok\n`,
    });
  });

  test("a folder without scenarios is told", async () => {
    const empty = mkdtempSync(join(folder, "empty-"));
    const { status, stderr } = await touchline(["scenario", "validate", empty]);
    expect(status).toBe(1);
    expect(stderr).toContain("scenario/none");
  });

  test("play takes a level by ID@NUMBER, and the scenario's own opponent where nobody is named", async () => {
    const base = loadScenario("1_vs_1_easy");
    const own = {
      ...base,
      id: "levelled",
      opponent: "idle",
      steps: 20,
      control: { left: "ball", right: "ball" },
    };
    const levels = [{ title: "short", changes: { steps: 3 } }];
    writeFileSync(join(folder, "levelled.json"), JSON.stringify({ ...own, levels }));
    const play = async (...args: string[]) => {
      const all = ["play", "--scenarios", folder, "--policy", "idle", "--episodes", "1", "--json", ...args];
      return JSON.parse((await touchline(all)).stdout);
    };
    expect(await play("--scenario", "levelled")).toMatchObject({ steps: 20, opponent: "idle" });
    expect(await play("--scenario", "levelled@1")).toMatchObject({ scenario: "levelled@1", steps: 3 });
    expect(await play("--scenario", "levelled", "--opponent", "none")).toMatchObject({ opponent: null });
  });
});

test("doctor --json tells cores, memory, devices and whether there is a Chromium", async () => {
  const { status, stdout } = await touchline(["doctor", "--json"]);
  expect(status).toBe(0);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ node: process.version, cores: cpus().length });
  expect(Object.keys(report.devices)).toEqual(["cpu", "webgpu", "cuda"]);
  expect(report.devices.cpu).toEqual({ ok: true });
  for (const part of [...Object.values<{ ok: boolean; reason?: string }>(report.devices), report.chromium]) {
    // Whatever cannot be used says why.
    expect(part.ok ? "" : part.reason).toBeTypeOf("string");
    if (!part.ok) expect(part.reason).not.toBe("");
  }
});

describe.skipIf(process.platform !== "linux")("doctor probes webgpu and says what is missing", () => {
  const software = "/usr/lib/chromium/vk_swiftshader_icd.json";
  const brokenLoader = join(folder, "loader");
  mkdirSync(brokenLoader);
  writeFileSync(join(brokenLoader, "libvulkan.so.1"), "no library");

  test.each<[what: string, env: Record<string, string>, reason: RegExp]>([
    ["no driver", { VK_ICD_FILENAMES: "/nowhere.json" }, /^no GPU adapter found; install/],
    [
      "no loader",
      { LD_LIBRARY_PATH: brokenLoader },
      /^no Vulkan loader \(libvulkan\.so\.1\); on Debian: apt-get/,
    ],
  ])("%s", async (_, env, reason) => {
    const { status, stdout, stderr } = await touchline(["doctor", "--json"], env);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const { cpu, webgpu } = JSON.parse(stdout).devices;
    expect(cpu).toEqual({ ok: true });
    expect(webgpu).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  test.skipIf(!existsSync(software))("a driver in software is enough", async () => {
    const env = { VK_ICD_FILENAMES: software, XDG_RUNTIME_DIR: folder };
    const { stdout } = await touchline(["doctor", "--json"], env);
    expect(JSON.parse(stdout).devices.webgpu).toEqual({ ok: true });
  });
});

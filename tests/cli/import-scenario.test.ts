/** @file `touchline scenario import`: files of Python in, scenario files out. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readScenarioFile } from "../../scenarios/load.ts";
import { ACADEMY } from "../scenarios/academy-table.ts";
import { fileWith, PROGRAM } from "../scenarios/import/file.ts";
import { academyFile } from "../scenarios/import/grf-file.ts";
import { touchline } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-import-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test("--help says how it is used, with an example", async () => {
  const { status, stdout } = await touchline(["scenario", "import", "--help"]);
  expect(stdout).toContain("Usage: touchline scenario import ");
  expect(stdout).toMatch(/Examples:\n {2}\$ touchline /);
  expect(status).toBe(0);
});

test("files become scenarios of a suite, which load, validate and are listed", async () => {
  const ring = write("ring of 5.py", PROGRAM);
  const empty = write("alone.py", "def build_scenario(b):\n  b.AddPlayer(-1, 0, e_PlayerRole_GK)\n");
  const out = join(folder, "drills");
  expect(await touchline(["scenario", "import", ring, empty, "--out", out])).toEqual({
    status: 0,
    stdout:
      `${ring} -> ${join(out, "ring_of_5.json")}\n${empty} -> ${join(out, "alone.json")}\n` +
      "  The right team is empty: as in GRF, a lazy keeper stands in its corner.\n",
    stderr: "",
  });
  expect(readScenarioFile(join(out, "ring_of_5.json"))).toMatchObject({ suite: "drills", steps: 600 });
  const { stdout } = await touchline(["scenario", "list", "--scenarios", out]);
  expect(stdout).toMatch(/^ring_of_5 +drills +6 v 3 +600 /m);
});

test("one that cannot be read does not stop the others; --json reports each", async () => {
  const right = write("academy_corner.py", academyFile(ACADEMY.find(({ id }) => id === "academy_corner")!));
  const wrong = write("wrong.py", "x = (1,\n");
  const random = write(
    "random_start.py",
    fileWith("import random\nbuilder.SetBallPosition(random.random(), 0)"),
  );
  const missing = join(folder, "missing.py");
  const out = join(folder, "mixed");
  const args = ["scenario", "import", "--json", right, wrong, random, missing, "--out", out];
  const { status, stdout, stderr } = await touchline(args);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject([
    {
      file: right,
      ok: true,
      id: "academy_corner",
      notes: [expect.stringContaining("Touchline ships a scenario with the id academy_corner")],
    },
    { file: wrong, ok: false, code: "scenario/not-python" },
    { file: random, ok: false, code: "scenario/not-imported" },
    { file: missing, ok: false, code: "scenario/unreadable" },
  ]);
  expect(stderr).toContain(
    `touchline: scenario/not-python: ${wrong} is not Python: "(" is never closed at line 1, column 5.`,
  );
  expect(existsSync(join(out, "academy_corner.json"))).toBe(true);
  expect(existsSync(join(out, "wrong.json"))).toBe(false);
  const seeded = await touchline([
    "scenario",
    "import",
    random,
    "--out",
    out,
    "--seed",
    "7",
    "--suite",
    "mine",
  ]);
  expect(seeded.status).toBe(0);
  expect(readScenarioFile(join(out, "random_start.json")).suite).toBe("mine");
});

test("__init__.py is passed over among others, and read as any file on its own", async () => {
  const init = write("__init__.py", "import gfootball_engine as libgame\n");
  const one = write("one.py", fileWith("pass"));
  const out = join(folder, "package");
  expect(await touchline(["scenario", "import", init, one, "--out", out])).toEqual({
    status: 0,
    stdout:
      `${init} is passed over\n  __init__.py makes a folder a package, and builds no scenario.\n` +
      `${one} -> ${join(out, "one.json")}\n`,
    stderr: "",
  });
  expect(existsSync(join(out, "__init__.json"))).toBe(false);
  expect((await touchline(["scenario", "import", init, "--out", out])).status).toBe(1);
});

test("a file that is there stays, but for --force; --prefix gives other ids", async () => {
  const file = write("again.py", fileWith("pass"));
  const out = join(folder, "again");
  const path = join(out, "again.json");
  await touchline(["scenario", "import", file, "--out", out]);
  writeFileSync(path, "mine");
  const { status, stderr } = await touchline(["scenario", "import", file, "--out", out]);
  expect(stderr).toBe(`touchline: scenario/exists: ${path} is there already; --force writes over it.\n`);
  expect(status).toBe(1);
  expect(readFileSync(path, "utf8")).toBe("mine");
  expect(
    (await touchline(["scenario", "import", file, "--out", out, "--force", "--prefix", "grf_"])).status,
  ).toBe(0);
  expect(readFileSync(path, "utf8")).toBe("mine");
  expect((await touchline(["scenario", "import", file, "--out", out, "--force"])).status).toBe(0);
  expect(readScenarioFile(path).id).toBe("again");
  expect(readScenarioFile(join(out, "grf_again.json")).id).toBe("grf_again");
});

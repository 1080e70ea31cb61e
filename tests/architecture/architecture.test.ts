/** @file The bounds of rules.ts, held against the source as it stands. */
import { describe, expect, test } from "vitest";
import {
  areaOf,
  cycles,
  filesWithoutArea,
  forbiddenArrows,
  foreignPackages,
  sideEntrances,
} from "./graph.ts";
import { impurities } from "./purity.ts";
import { LONG_TABLES, MAY_IMPORT, MOST_LINES } from "./rules.ts";
import { isTest, readSource, readSourceFiles } from "./source.ts";

const files = readSourceFiles();

describe("the source as it stands", () => {
  test("every file lies in an area that has a rule", () => {
    expect(filesWithoutArea(files)).toEqual([]);
  });

  test("every area of the rules that should exist by now holds a file", () => {
    const found = new Set(files.map((file) => areaOf(file.path)));
    expect(Object.keys(MAY_IMPORT).filter((area) => !found.has(area))).toEqual([]);
  });

  test("areas import only those that the dependency rule lets them import", () => {
    expect(forbiddenArrows(files)).toEqual([]);
  });

  test("no file imports itself around a circle", () => {
    expect(cycles(files)).toEqual([]);
  });

  test("folders are entered through their index.ts", () => {
    expect(sideEntrances(files)).toEqual([]);
  });

  test("what runs in the page imports nothing of Node, and env only the packages named", () => {
    expect(foreignPackages(files)).toEqual([]);
  });

  test("no file has more than 400 lines", () => {
    const long = files.filter((file) => file.text.split("\n").length - 1 > MOST_LINES);
    expect(long.map((file) => file.path).filter((path) => !LONG_TABLES.includes(path))).toEqual([]);
  });

  test("env uses nothing that could differ between engines, machines or runs", () => {
    const env = files.filter((file) => areaOf(file.path) === "env" && !isTest(file.path));
    expect(env.length).toBeGreaterThan(20);
    expect(env.flatMap(impurities)).toEqual([]);
  });

  test("every relative import names a file that is there", () => {
    const paths = new Set(files.map((file) => file.path));
    const lost = files.flatMap((file) =>
      file.imports
        .filter(({ target }) => target !== undefined && /\.(ts|tsx)$/.test(target) && !paths.has(target))
        .map(({ specifier }) => `${file.path} imports ${specifier}`),
    );
    expect(lost).toEqual([]);
  });
});

describe("the checks themselves see a breach", () => {
  test.each([
    ["env/a.ts", 'import { x } from "../agent/index.ts";', "env may not import agent"],
    ["env/a.ts", 'import type { X } from "../agent/index.ts";', "env may not import agent"],
    ["env/a.ts", 'type X = import("../viewer/server/index.ts").X;', "env may not import viewer/server"],
    ["agent/a.ts", 'export * from "../trainer/index.ts";', "agent may not import trainer"],
    ["agent/a.ts", 'await import("../scenarios/index.ts");', "agent may not import scenarios"],
    [
      "trainer/a.ts",
      'new Worker(new URL("../viewer/server/index.ts", import.meta.url));',
      "may not import viewer",
    ],
    ["viewer/app/a.tsx", 'import "../server/index.ts";', "viewer/app may not import viewer/server"],
    ["viewer/app/a.tsx", 'import "../../agent/index.ts";', "viewer/app may not import agent"],
    ["scenarios/a.ts", 'import "../cli/output.ts";', "scenarios may not import cli"],
    ["env/a.ts", 'import "../tests/a.ts";', "env may not import what has no area"],
  ])("%s: %s", (path, text, complaint) => {
    expect(forbiddenArrows([readSource(path, text)]).join("\n")).toContain(complaint);
  });

  test("a circle of two and a file that imports itself", () => {
    const circle = [
      readSource("env/a.ts", 'import "./b.ts";'),
      readSource("env/b.ts", 'await import("./a.ts");'),
      readSource("env/c.ts", 'import "./c.ts";'),
    ];
    expect(cycles(circle)).toEqual(["env/a.ts -> env/b.ts -> env/a.ts", "env/c.ts -> env/c.ts"]);
  });

  test("a way past the door, in the same area and from another", () => {
    const door = readSource("env/frame/index.ts", "export {};");
    const past = 'import "../../env/frame/painter.ts";';
    expect(sideEntrances([door, readSource("agent/policy/a.ts", past)])).toHaveLength(1);
    expect(sideEntrances([door, readSource("env/episode/a.ts", past)])).toHaveLength(1);
    expect(sideEntrances([door, readSource("env/frame/raster/a.ts", past)])).toEqual([]);
    expect(sideEntrances([readSource("agent/a.ts", 'import "../env/episode/x.ts";')])).toHaveLength(1);
  });

  test.each([
    ["env/a.ts", 'import { readFileSync } from "node:fs";', "also runs in the page"],
    ["viewer/app/a.tsx", 'import "node:path";', "also runs in the page"],
    ["env/a.ts", 'import sharp from "sharp";', "not one of the packages that env may use"],
  ])("%s: %s", (path, text, complaint) => {
    expect(foreignPackages([readSource(path, text)]).join("\n")).toContain(complaint);
  });

  test.each([
    "Math.sin(1)",
    "const { sin } = Math",
    'Math["sin"](1)',
    "const m = Math",
    "2 ** 3",
    "let x = 2; x **= 2",
    "Date.now()",
    "new Date()",
    "performance.now()",
    "globalThis.Math.random()",
    "setTimeout(() => {}, 1)",
    '"a".localeCompare("b")',
    "(1).toLocaleString()",
    "new Intl.NumberFormat()",
  ])("impure: %s", (text) => {
    expect(impurities(readSource("env/a.ts", text))).not.toEqual([]);
  });

  test.each([
    "Math.sqrt(2) + Math.imul(2, 3) + Math.PI",
    "const a = { document: 1 }; a.document",
    "interface A { process: number }",
  ])("pure: %s", (text) => {
    expect(impurities(readSource("env/a.ts", text))).toEqual([]);
  });
});

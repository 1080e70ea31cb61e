/** @file The pages for readers against the repository: links that lead somewhere, the dependency table. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { MAY_IMPORT } from "./rules.ts";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), "utf8");

test.each([
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "docs/AUTHORING.md",
  "docs/SCENARIOS.md",
  "docs/BENCHMARKS.md",
  "docs/CHECK.md",
  "docs/SCENARIOS.md",
  "docs/SERVE.md",
  "docs/SOKOBAN.md",
  "docs/VECTOR.md",
  "docs/MODEL.md",
  "docs/PAGE.md",
  "docs/AGENT.md",
  "docs/TRAINING.md",
  "docs/QUESTIONS.md",
])("every link in %s that stays in the repository leads to a file", (page) => {
  const links = [...read(page).matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? "");
  const own = links.filter((link) => !/^[a-z]+:/.test(link));
  expect(own.filter((link) => !existsSync(new URL(join(dirname(page), link), ROOT)))).toEqual([]);
});

test("ARCHITECTURE.md states the dependency rule that is checked", () => {
  const rows = [...read("ARCHITECTURE.md").matchAll(/^\| `([^`]+)` \| (nothing|`[^|]+`) \|$/gm)].map(
    ([, area = "", list = ""]) =>
      [area, list === "nothing" ? [] : list.replaceAll("`", "").split(", ")] as const,
  );
  const { "vitest.config.ts": _configuration, ...areas } = MAY_IMPORT;
  expect(Object.fromEntries(rows)).toEqual(areas);
});

/** @file The pages for readers against the repository: links that lead somewhere, the dependency table, the example. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { MAY_IMPORT } from "./rules.ts";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), "utf8");

test.each(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/scenarios.md"])(
  "every link in %s that stays in the repository leads to a file",
  (page) => {
    const links = [...read(page).matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? "");
    const own = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(own.filter((link) => !existsSync(new URL(join(dirname(page), link), ROOT)))).toEqual([]);
  },
);

test("ARCHITECTURE.md states the dependency rule that is checked", () => {
  const rows = [...read("ARCHITECTURE.md").matchAll(/^\| `([^`]+)` \| (nothing|`[^|]+`) \|$/gm)].map(
    ([, area = "", list = ""]) =>
      [area, list === "nothing" ? [] : list.replaceAll("`", "").split(", ")] as const,
  );
  const { "vitest.config.ts": _configuration, ...areas } = MAY_IMPORT;
  expect(Object.fromEntries(rows)).toEqual(areas);
});

test("the TypeScript in README.md runs as it stands", async () => {
  const code = /```ts\n([\s\S]*?)```/.exec(read("README.md"))?.[1] ?? "";
  const folder = mkdtempSync(join(tmpdir(), "touchline-readme-"));
  try {
    const file = join(folder, "example.mts");
    writeFileSync(file, code.replaceAll('from "./', `from "${ROOT.href}`));
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", file], {
      cwd: fileURLToPath(ROOT),
    });
    expect(stdout).toMatch(/width: 448/);
    expect(stdout).toMatch(/[0-9a-f]{16}\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

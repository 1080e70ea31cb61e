/**
 * @file Makes dist/lib, which is all that the package carries: Node does not strip types below node_modules, so the
 * TypeScript is compiled, and the page is built here so that the package needs no bundler. `npm pack` runs it; the
 * checkout itself needs no build.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPage } from "../viewer/server/index.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LIB = join(ROOT, "dist", "lib");

rmSync(LIB, { recursive: true, force: true });
compile();
for (const file of ["agent", "trainer"].flatMap((folder) => filesOf(folder, "thread.js"))) {
  writeFileSync(join(LIB, file), compiledThread(file));
}
for (const file of filesOf("scenarios", ".json")) cpSync(join(ROOT, file), join(LIB, file));
for (const ending of [".json", ".jsonl", ".png"]) {
  for (const file of filesOf("trainer/recipes", ending)) cpSync(join(ROOT, file), join(LIB, file));
}
const weights = "agent/weights";
if (existsSync(join(ROOT, weights))) cpSync(join(ROOT, weights), join(LIB, weights), { recursive: true });
await buildPage(join(LIB, "page"));

function compile(): void {
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  try {
    execFileSync(process.execPath, [tsc, "--project", join(ROOT, "package", "tsconfig.json")], {
      // npm prints the path of the tarball on standard output; what the compiler says must not mix with it.
      stdio: ["ignore", process.stderr, process.stderr],
    });
  } catch {
    console.error("The package is not built: the types above are wrong.");
    process.exit(1);
  }
}

/** Where a thread of the checkout loads tsx and then its worker, one of the package has nothing to translate. */
function compiledThread(file: string): string {
  const worker = /import\("(\.\/[\w-]+)\.ts"\)/.exec(readFileSync(join(ROOT, file), "utf8"))?.[1];
  if (worker === undefined) throw new Error(`${file} imports no worker: expected import("./NAME.ts")`);
  return `import "${worker}.js";\n`;
}

function filesOf(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

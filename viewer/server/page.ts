/**
 * @file Builds the page when its sources have changed, and says where it lies. The folder is named by a hash of all
 * that goes in, so a page is never stale, and two servers that start at once do not disturb each other. An installed
 * package brings its page built.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TouchlineError } from "../../env/error.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Everything that the page is made of. */
const SOURCES = ["viewer/app", "viewer/player", "viewer/protocol", "scenarios", "env", "package-lock.json"];
const PAGES = join(ROOT, "dist", "page");
/** There in a package only. */
const SHIPPED = join(ROOT, "page");
const OLD_MS = 24 * 60 * 60 * 1000;

/** The folder of the built page. `tell` gets one line when it has to be built, which takes some seconds. */
export async function ensurePage(tell: (line: string) => void): Promise<string> {
  if (existsSync(join(SHIPPED, "index.html"))) return SHIPPED;
  const folder = join(PAGES, hashSources());
  if (existsSync(join(folder, "index.html"))) return folder;
  tell("Building the page, once for these sources ...");
  const fresh = `${folder}.${process.pid}`;
  try {
    await buildPage(fresh);
  } catch (cause) {
    rmSync(fresh, { recursive: true, force: true });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TouchlineError("server/page", `The page cannot be built: ${why}`, { cause });
  }
  try {
    renameSync(fresh, folder);
  } catch {
    // Another server has built the same in the meantime.
    rmSync(fresh, { recursive: true, force: true });
  }
  removeOld(folder);
  return folder;
}

/** Bundles the page into a folder, which is emptied first. Throws what vite throws. */
export async function buildPage(outDir: string): Promise<void> {
  const vite = await import("vite");
  await vite.build({
    root: join(ROOT, "viewer", "app"),
    configFile: false,
    logLevel: "silent",
    build: { outDir, emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
  });
}

function hashSources(): string {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of filesOf(join(ROOT, source))) hash.update(file).update("\0").update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile() && !file.endsWith(".test.ts"));
}

function removeOld(keep: string): void {
  mkdirSync(PAGES, { recursive: true });
  for (const name of readdirSync(PAGES)) {
    const folder = join(PAGES, name);
    if (folder !== keep && Date.now() - statSync(folder).mtimeMs > OLD_MS)
      rmSync(folder, { recursive: true });
  }
}

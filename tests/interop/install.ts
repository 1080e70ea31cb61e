/** @file Installs what is missing of the foreign programs, where the tests and the bench of this folder look for them. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const FOLDER = import.meta.dirname;
const ROOT = resolve(FOLDER, "../..");
const began = Date.now();

/** Installs the packages of package-lock.json, unless those of the same file are there. */
export function installPackages(): void {
  const lock = join(FOLDER, "package-lock.json");
  const installed = join(FOLDER, "node_modules/.installed-lock.json");
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(lock))) return;
  run("Installing transformers.js (500 MB).", "npm", ["ci", "--ignore-scripts", "--prefix", FOLDER], {
    ONNXRUNTIME_NODE_INSTALL: "skip",
  });
  // Last, so that an installation that was broken off is made again.
  copyFileSync(lock, installed);
}

/**
 * The Python that has the packages of requirements.txt, of the other files named, and of requirements-alone.txt without what
 * those depend on: in TOUCHLINE_REFERENCE_VENV, or tests/reference/.venv.
 */
export function installPython(more: readonly string[] = []): string {
  const environment = resolve(process.env["TOUCHLINE_REFERENCE_VENV"] ?? join(ROOT, "tests/reference/.venv"));
  const python = join(environment, "bin/python");
  if (!existsSync(python)) run(`Making ${environment}.`, "python3", ["-m", "venv", environment]);
  const install = ["-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check"];
  const files = ["requirements.txt", ...more].flatMap((file) => ["--requirement", join(FOLDER, file)]);
  run("Installing torch, transformers and clients where they are missing (1.6 GB).", python, [
    ...install,
    ...files,
  ]);
  const alone = ["--no-deps", "--requirement", join(FOLDER, "requirements-alone.txt")];
  run("Installing clients without what their servers and trainers need.", python, [...install, ...alone]);
  return python;
}

/** Ends this process with the status of a command that fails. */
export function run(
  what: string,
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): void {
  say(what);
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  if (error) say(`${command} cannot be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

export function say(what: string): void {
  console.log(`[${String(Math.round((Date.now() - began) / 1000)).padStart(3)} s] ${what}`);
}

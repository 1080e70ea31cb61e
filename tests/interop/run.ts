/**
 * @file `npm run test:interop`: installs what is missing of the foreign programs, and holds Touchline against them.
 *
 *     npm run test:interop -- [--seed N] [--count N] [arguments of vitest, such as a part of a file's name]
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const FOLDER = import.meta.dirname;
const ROOT = resolve(FOLDER, "../..");
const began = Date.now();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Seed of the first random checkpoint; each has the next one. */
    seed: { type: "string", default: "1" },
    /** How many random checkpoints. */
    count: { type: "string", default: "6" },
  },
});

installPackages();
const python = installPython();
run("Checking types.", "npx", ["tsc", "--project", FOLDER, "--noEmit"]);
const config = join(FOLDER, "vitest.config.ts");
run(
  "Holding Touchline against the foreign programs.",
  "npx",
  ["vitest", "run", "--config", config, ...positionals],
  {
    TOUCHLINE_INTEROP_PYTHON: python,
    TOUCHLINE_INTEROP_SEED: values.seed,
    TOUCHLINE_INTEROP_COUNT: values.count,
  },
);
say("Done.");

/** Installs the packages of package-lock.json, unless those of the same file are there. */
function installPackages(): void {
  const lock = join(FOLDER, "package-lock.json");
  const installed = join(FOLDER, "node_modules/.installed-lock.json");
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(lock))) return;
  run("Installing transformers.js (500 MB).", "npm", ["ci", "--ignore-scripts", "--prefix", FOLDER], {
    ONNXRUNTIME_NODE_INSTALL: "skip",
  });
  // Last, so that an installation that was broken off is made again.
  copyFileSync(lock, installed);
}

/** The Python that has the packages of requirements.txt: in TOUCHLINE_REFERENCE_VENV, or tests/reference/.venv. */
function installPython(): string {
  const environment = resolve(process.env["TOUCHLINE_REFERENCE_VENV"] ?? join(ROOT, "tests/reference/.venv"));
  const python = join(environment, "bin/python");
  if (!existsSync(python)) run(`Making ${environment}.`, "python3", ["-m", "venv", environment]);
  const requirements = join(FOLDER, "requirements.txt");
  const install = ["-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check"];
  run("Installing torch, transformers and onnx where they are missing (1.3 GB).", python, [
    ...install,
    "--requirement",
    requirements,
  ]);
  return python;
}

/** Ends this process with the status of a command that fails. */
function run(
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

function say(what: string): void {
  console.log(`[${String(Math.round((Date.now() - began) / 1000)).padStart(3)} s] ${what}`);
}

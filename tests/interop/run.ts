/**
 * @file `npm run test:interop`: installs what is missing of the foreign programs, and holds Touchline against them.
 *
 *     npm run test:interop -- [--seed N] [--count N] [arguments of vitest, such as a part of a file's name]
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { installPackages, installPython, run, say } from "./install.ts";

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
run("Checking types.", "npx", ["tsc", "--project", import.meta.dirname, "--noEmit"]);
const config = join(import.meta.dirname, "vitest.config.ts");
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

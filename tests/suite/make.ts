/** @file Writes the layouts to a folder, to look at or to try a run on: `npx tsx tests/suite/make.ts FOLDER`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LAYOUTS } from "./layouts/index.ts";

const [folder = "runs/layouts"] = process.argv.slice(2);
for (const [suite, layouts] of Object.entries(LAYOUTS)) {
  for (const [name, write] of Object.entries(layouts)) {
    const own = join(folder, suite, name.replace(/\W+/g, "-"));
    mkdirSync(own, { recursive: true });
    console.log(`${suite}\t${name}\t${write(own)}`);
  }
}

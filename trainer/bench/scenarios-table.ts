/** @file Measures every scenario that ships, paints its start and writes docs/SCENARIOS.md: `npm run table:scenarios`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { CHAPTERS, galleryPage, type Shown } from "./gallery/page.ts";
import { startPicture } from "./gallery/picture.ts";
import { successOf } from "./gallery/success.ts";
import { orEnd, readOptions } from "./options.ts";
import { commandLine } from "./page.ts";

const { episodes, matches, only, out } = readOptions(
  // Of each policy; full games are long. 0 plays none beyond what is kept.
  { episodes: { default: 200, least: 0 }, matches: { default: 10, least: 0 } },
  // Only measures those whose id contains this and leaves the page as it is.
  { only: "", out: "docs/SCENARIOS.md" },
);
const scenarios = orEnd(() => {
  const all = listScenarios();
  const shown = CHAPTERS.flatMap(({ holds }) => all.filter(holds)).filter(({ id }) => id.includes(only));
  if (shown.length > 0) return shown;
  throw new TouchlineError("bench/option", `--only is "${only}"; expected a part of a scenario's id.`);
});

const folder = join(dirname(out), "scenarios");
mkdirSync(folder, { recursive: true });
const shown: Shown[] = [];
for (const scenario of scenarios) {
  const count = scenario.suite === "match" ? matches : episodes;
  const success = await successOf(scenario, count, join(folder, "success.json"));
  writeFileSync(join(folder, `${scenario.id}.png`), await startPicture(scenario));
  shown.push({ scenario, success });
  const [scripted, random] = [success.scripted, success.random].map(({ mean }) => (100 * mean).toFixed(1));
  console.log(`${scenario.id}: scripted ${scripted} %, random ${random} %`);
}
if (only === "") {
  writeFileSync(out, galleryPage(shown, commandLine("table:scenarios")));
  console.log(`${out} written`);
}

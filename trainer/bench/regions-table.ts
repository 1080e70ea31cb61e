/** @file Plays regions-mini without words and prints what each scores: `npm run table:regions`; status 1 when the order is not as it must be. */
import { Drill } from "../../agent/match/index.ts";
import { REGION_MINI_IDS, regionScenario } from "../../scenarios/regions/index.ts";
import { bootstrapMacroMean, type Mean } from "../statistics/index.ts";
import { readOptions, SEED } from "./options.ts";
import { idle, passing, playRegion, type RegionScore, scripted, searchRegion } from "./regions/index.ts";

const { episodes, searched, seed, ways, stride } = readOptions(
  {
    episodes: { default: 10, least: 1 },
    // Of each situation, by the search.
    searched: { default: 1, least: 0 },
    seed: SEED,
    ways: { default: 12, least: 1 },
    stride: { default: 12, least: 1 },
  },
  {},
);

type Play = (drill: Drill, seed: number) => RegionScore;
const PLAYERS: readonly [name: string, play: Play, episodes: number][] = [
  ["idle", (drill, from) => playRegion(drill, from, idle), episodes],
  ["scripted", (drill, from) => playRegion(drill, from, scripted), episodes],
  ["search", (drill, from) => searchRegion(drill, from, { ways, stride }), searched],
  ["passing", (drill, from) => playRegion(drill, from, passing), episodes],
];

interface Played extends RegionScore {
  id: string;
  seed: number;
}

const exact: Partial<Record<string, Mean>> = {};
console.log("| | episodes | exact score | capped score | goals | steps |\n|---|---:|---:|---:|---:|---:|");
for (const [name, play, count] of PLAYERS) {
  const played: Played[] = [];
  for (const id of REGION_MINI_IDS) {
    const drill = await Drill.make(regionScenario(id)!, { actions: "full" });
    for (let i = 0; i < count; i++) played.push({ id, seed: seed + i, ...play(drill, seed + i) });
    drill.close();
  }
  if (played.length === 0) continue;
  exact[name] = meanOf(played, "exact");
  const cells = [exact[name], meanOf(played, "capped")].map(meanText);
  const [goals, steps] = [meanOf(played, "goals"), meanOf(played, "steps")];
  console.log(
    `| ${name} | ${played.length} | ${cells.join(" | ")} | ${goals.mean.toFixed(2)} | ${steps.mean.toFixed(0)} |`,
  );
}
const order = ["idle", "scripted", "search"].flatMap((name) => exact[name] ?? []);
const inOrder = order.every((one, i) => i === 0 || order[i - 1]!.high < one.low);
console.log(`\nidle < scripted < search, intervals apart: ${inOrder ? "yes" : "no"}`);
if (!inOrder) process.exitCode = 1;

function meanOf(played: readonly Played[], of: keyof RegionScore): Mean {
  const values = played.map((one) => ({ cluster: `${one.id}/${one.seed}`, group: one.id, value: one[of] }));
  return bootstrapMacroMean(values);
}

function meanText({ mean, low, high }: Mean): string {
  return `${mean.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

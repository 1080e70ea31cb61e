/** @file What season and fairness share: matches between equal sides, and a section of docs/FOOTBALL.md about them. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { PHYSICS_BUILD } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { gameHash, playSeason } from "./match/index.ts";
import { commandLine, conditionsLine, writeSection } from "./page.ts";

type Matches = Awaited<ReturnType<typeof playSeason>>;

/** Plays what the command line asks for, prints the table and writes the section of the command's name. */
export async function tellEqualSides(
  command: string,
  defaultMatches: number,
  table: (matches: Matches) => string,
): Promise<Matches> {
  const { values } = parseArgs({
    options: {
      matches: { type: "string", default: String(defaultMatches) },
      difficulty: { type: "string", default: "0.6" },
      seed: { type: "string", default: "0" },
      workers: { type: "string", default: String(availableParallelism()) },
      scenario: { type: "string", default: "11_vs_11_stochastic" },
      store: { type: "string", default: "runs/matches" },
      /** Empty writes nothing. */
      out: { type: "string", default: "docs/FOOTBALL.md" },
    },
  });
  const [total, difficulty, seed, workers] = [
    values.matches,
    values.difficulty,
    values.seed,
    values.workers,
  ].map(Number) as [number, number, number, number];
  const scenario = loadScenario(values.scenario);
  const matches = await playSeason(
    { scenario, difficulty: [difficulty, difficulty] },
    { seeds: Array.from({ length: total }, (_, i) => seed + i), workers, store: values.store, total },
  );
  const text = table(matches);
  console.log(text);
  const conditions = conditionsLine({
    command: commandLine(command),
    seeds: `seeds ${seed} to ${seed + total - 1} of ${scenario.id}, difficulty ${difficulty} on both sides`,
    physics: PHYSICS_BUILD,
    game: await gameHash({ scenario }),
    date: new Date().toISOString().slice(0, 10),
  });
  if (values.out !== "") writeSection(values.out, command, `${text}\n\n${conditions}`);
  return matches;
}

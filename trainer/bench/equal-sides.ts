/** @file What season and fairness share: matches between equal sides, and a section of docs/FOOTBALL.md about them. */
import { PHYSICS_BUILD } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { gameHash, playSeason } from "./match/index.ts";
import { orEnd, readOptions, SEED, WORKERS } from "./options.ts";
import { commandLine, conditionsLine, writeSection } from "./page.ts";

type Matches = Awaited<ReturnType<typeof playSeason>>;

/** Plays what the command line asks for, prints the table and writes the section of the command's name. */
export async function tellEqualSides(
  command: string,
  defaultMatches: number,
  table: (matches: Matches) => string,
): Promise<Matches> {
  const { difficulty, seed, workers, store, out, ...options } = readOptions(
    {
      matches: { default: defaultMatches, least: 1 },
      difficulty: { default: 0.6, least: 0, most: 1, fraction: true },
      seed: SEED,
      workers: WORKERS,
    },
    // An empty `out` writes nothing.
    { scenario: "11_vs_11_stochastic", store: "runs/matches", out: "docs/FOOTBALL.md" },
  );
  const total = options.matches;
  const scenario = orEnd(() => loadScenario(options.scenario));
  const matches = await playSeason(
    { scenario, difficulty: [difficulty, difficulty] },
    { seeds: Array.from({ length: total }, (_, i) => seed + i), workers, store, total },
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
  if (out !== "") writeSection(out, command, `${text}\n\n${conditions}`);
  return matches;
}

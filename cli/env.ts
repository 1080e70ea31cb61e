/** @file `touchline env`: whether an env keeps the contract that its callers rely on. */
import type { Command } from "commander";
import type { FootballOptions, Scenario } from "../env/football/index.ts";
import { examples, integer, scenariosOption } from "./option.ts";
import { printJson, printLine, printTable } from "./output.ts";

interface Options {
  observation: string;
  actions?: string;
  players?: string;
  steps: number;
  seed: number;
  scenarios: string[];
  json?: boolean;
}

const LAST_SEED = 0xffffffff;

export function envCommand(program: Command): void {
  const env = program
    .command("env")
    .description("hold envs against the contract that their callers rely on")
    .addHelpText("after", examples("touchline env check academy_corner"));

  env
    .command("check")
    .description(
      "hold a scenario's env against Gymnasium's checks and Touchline's own: spaces, seeds, determinism, endings, " +
        "snapshots, masks; status 1 when one of them fails",
    )
    .argument("<id>", "the scenario's id; see touchline scenario list")
    .option(
      "--observation <kinds>",
      "none, raw, simple115v2, smm, text, frame, or several with commas",
      "frame",
    )
    .option("--actions <set>", "default, full, simple, continuous or semantic")
    .option("--players <places>", "who is under control on the left: places, ball, count:N, or all")
    .option("--steps <n>", "steps of random actions in each check", integer(2, 100_000), 40)
    .option("--seed <s>", "draws the actions", integer(0, LAST_SEED), 0)
    .addOption(scenariosOption())
    .addHelpText(
      "after",
      examples(
        "touchline env check academy_corner",
        "touchline env check 11_vs_11_stochastic --observation raw,text --players all",
        "touchline env check my_drill --scenarios my --json",
      ),
    )
    .action(async (id: string, _own: unknown, command: Command) =>
      check(id, command.optsWithGlobals<Options>()),
    );
}

async function check(id: string, options: Options): Promise<void> {
  const { checkEnv } = await import("../env/check/index.ts");
  const { makeEnv } = await import("../env/football/index.ts");
  const { loadScenario } = await import("../scenarios/load.ts");
  const scenario = loadScenario(id, { directories: options.scenarios });
  const football = await footballOptions(scenario, options);
  // Mistakes in the options are told before anything is checked.
  (await makeEnv(scenario, football)).close();
  const { steps, seed } = options;
  const results = await checkEnv(() => makeEnv(scenario, football), { steps, seed });

  const failed = results.filter(({ ok }) => !ok);
  if (options.json) printJson({ scenario: id, ok: failed.length === 0, checks: results });
  else {
    printTable(
      ["check", "", ""],
      results.map(({ check: name, ok, warning, message }) => [
        name,
        ok ? (warning ? "warning" : "ok") : "FAILED",
        message,
      ]),
    );
    printLine();
    printLine(
      failed.length === 0
        ? `${id} keeps the contract: ${results.length} checks.`
        : `${id} breaks the contract: ${failed.length} of ${results.length} checks failed.`,
    );
  }
  if (failed.length > 0) process.exitCode = 1;
}

async function footballOptions(
  scenario: Scenario,
  { observation, actions, players }: Options,
): Promise<FootballOptions> {
  const { parsePlayers } = await import("../agent/match/index.ts");
  const kinds = observation.split(",").map((kind) => kind.trim());
  return {
    // The env itself refuses names that it does not know, with the nearest one that it does.
    ...({ observation: kinds.length === 1 ? kinds[0] : kinds } as FootballOptions),
    ...(actions === undefined ? {} : ({ actions } as FootballOptions)),
    ...(players === undefined ? {} : { control: { left: parsePlayers(players, scenario) } }),
  };
}

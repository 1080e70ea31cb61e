/** @file `touchline scenario`: which scenarios there are, what one says, whether a file is right, and files of GRF. */
import type { Command } from "commander";
import type { Scenario } from "../env/football/scenario.ts";
import { TouchlineError } from "../env/error.ts";
import type { Trial } from "../trainer/trial/index.ts";
import { captureCommand } from "./capture-scenario.ts";
import { importCommand } from "./import-scenario.ts";
import { newCommand } from "./new-scenario.ts";
import { examples, integer, scenariosOption } from "./option.ts";
import { printJson, printLine, printTable, printText } from "./output.ts";

interface Options {
  scenarios: string[];
  json?: boolean;
  play?: number;
}

interface Validated extends Partial<Pick<Trial, "won">> {
  file: string;
  ok: boolean;
  id?: string;
  code?: string;
  message?: string;
}

export function scenarioCommand(program: Command): void {
  const scenario = program
    .command("scenario")
    .description("list, show, validate and import scenarios")
    .addHelpText(
      "after",
      examples(
        "touchline scenario list",
        "touchline scenario show academy_corner",
        "touchline scenario new my/two_on_one.json",
        "touchline scenario validate my",
        "touchline scenario import my_drill.py --out my",
      ),
    );

  scenario
    .command("list")
    .description("every scenario, what it teaches and how long it lasts")
    .addOption(scenariosOption())
    .addHelpText(
      "after",
      examples("touchline scenario list", "touchline scenario list --scenarios my --json"),
    )
    .action(async (_own: unknown, command: Command) => list(command.optsWithGlobals<Options>()));

  scenario
    .command("show")
    .description("one scenario: players, rules, variation")
    .argument("<id>", "the scenario's id")
    .addOption(scenariosOption())
    .addHelpText("after", examples("touchline scenario show academy_3_vs_1_with_keeper"))
    .action(async (id: string, _own: unknown, command: Command) =>
      show(id, command.optsWithGlobals<Options>()),
    );

  scenario
    .command("validate")
    .description("check scenario files; status 1 when one of them is wrong")
    .argument("<path...>", "scenario files, or folders of them")
    .option(
      "--play <episodes>",
      "also play each, with scripted, with random and with the policies of its checks",
      integer(1, 10_000),
    )
    .addHelpText(
      "after",
      examples("touchline scenario validate my", "touchline scenario validate my/break.json --play 40"),
    )
    .action(async (files: string[], _own: unknown, command: Command) =>
      validate(files, command.optsWithGlobals<Options>()),
    );

  scenario
    .command("schema")
    .description("the JSON Schema of scenario files, with which an editor completes and checks them")
    .addHelpText("after", examples("touchline scenario schema > my/scenario.schema.json"))
    .action(async () => {
      const { scenarioJsonSchemaText } = await import("../scenarios/index.ts");
      printText(scenarioJsonSchemaText());
    });

  newCommand(scenario);
  importCommand(scenario);
  captureCommand(scenario);
}

async function list(options: Options): Promise<void> {
  const { listScenarios } = await import("../scenarios/load.ts");
  const rows = listScenarios({ directories: options.scenarios }).map((scenario) => ({
    id: scenario.id,
    suite: scenario.suite,
    players: [scenario.left.players.length, scenario.right.players.length] as const,
    steps: scenario.steps,
    teaches: scenario.teaches,
  }));
  if (options.json) return printJson(rows);
  printTable(
    ["id", "suite", "players", "steps", "teaches"],
    rows.map((row) => [row.id, row.suite, row.players.join(" v "), row.steps, row.teaches]),
  );
}

async function show(id: string, options: Options): Promise<void> {
  const { loadScenario } = await import("../scenarios/load.ts");
  const scenario = loadScenario(id, { directories: options.scenarios });
  if (options.json) return printJson(scenario);
  printScenario(scenario);
}

async function validate(files: readonly string[], options: Options): Promise<void> {
  const { readScenarioFile, scenarioFiles } = await import("../scenarios/load.ts");
  const results: Validated[] = [];
  for (const file of files.flatMap(scenarioFiles)) {
    try {
      const scenario = readScenarioFile(file);
      const tried = options.play === undefined ? {} : await tryAll(scenario, options.play);
      results.push({ file, ok: true, id: scenario.id, ...tried });
    } catch (error) {
      if (!(error instanceof TouchlineError)) throw error;
      results.push({ file, ok: false, code: error.code, message: error.message });
    }
  }
  const wrong = results.filter((result) => !result.ok);
  if (options.json) printJson(results);
  else for (const result of results) if (result.ok) printLine(`${result.file}: ok${wonText(result)}`);
  for (const result of wrong) console.error(`touchline: ${result.code}: ${result.message}`);
  if (wrong.length > 0) process.exitCode = 1;
}

/** Throws `scenario/unfit` with every problem that play has shown. */
async function tryAll(scenario: Scenario, episodes: number): Promise<Pick<Trial, "won">> {
  const { tryScenario } = await import("../trainer/trial/index.ts");
  const { won, problems } = await tryScenario(scenario, episodes);
  if (problems.length === 0) return { won };
  throw new TouchlineError(
    "scenario/unfit",
    [`${scenario.id}:${wonText({ won })}`, ...problems].join("\n  "),
  );
}

function percent(share: number): number {
  return Math.round(share * 100);
}

function wonText({ won }: Partial<Pick<Trial, "won">>): string {
  if (won === undefined) return "";
  const rates = Object.entries(won).map(
    ([name, { mean, low, high }]) => `${name} wins ${percent(mean)} % (${percent(low)} to ${percent(high)})`,
  );
  return ` ${rates.join(", ")}`;
}

function printScenario(scenario: Scenario): void {
  printLine(`${scenario.id}: ${scenario.title} (${scenario.suite})`);
  printLine(`Teaches  ${scenario.teaches}`);
  printLine(`Goal     ${scenario.goal}`);
  printLine(`Length   ${scenario.steps} steps of 0.1 s, ${scenario.ticksPerStep} physics ticks each`);
  printLine(`Rules    ${rulesText(scenario)}`);
  printLine(`Ball     ${scenario.ball.join(", ")}`);
  for (const side of ["left", "right"] as const) {
    const team = scenario[side];
    const control = scenario.control[side];
    const who =
      typeof control === "string"
        ? control
        : "count" in control
          ? `${control.count} that switch`
          : `players ${control.join(", ")}`;
    printLine();
    printLine(`${team.name} (${side}), difficulty ${team.difficulty}, under control: ${who}`);
    printTable(
      ["place", "role", "x", "y", ""],
      team.players.map((player, place) => {
        const [x, y] = player.position;
        return [place, player.role, x, y, marks(player)];
      }),
    );
  }
  const { variation } = scenario;
  if (variation === undefined) return;
  printLine();
  const choices = variation.choices === undefined ? "" : `one of ${variation.choices.length} placements, `;
  printLine(`With --vary: ${choices}${variation.reflect ? "half reflected top to bottom, " : ""}and shifts`);
  printTable(
    ["who", "x", "y"],
    variation.shifts.map(({ members, x, y }) => [members.join(" "), x.join(" to "), y.join(" to ")]),
  );
}

function rulesText({ rules, ends }: Scenario): string {
  const offside = rules.offside ? "offside" : "no offside";
  const start = rules.kickOff === null ? "play starts as placed" : `kick-off ${rules.kickOff}`;
  const told = ends.filter(({ when }) => when !== "time").map(endText);
  return `${offside}; ${start}; ends with ${[...told, "time"].join(", ")}`;
}

function endText(end: Scenario["ends"][number]): string {
  const text = conditionText(end);
  return end.result === undefined ? text : `${text} (${end.result})`;
}

function conditionText(end: Scenario["ends"][number]): string {
  switch (end.when) {
    case "goal":
      return end.by === undefined ? "a goal" : `a goal of the ${end.by}`;
    case "out-of-play":
      return "the ball out of play";
    case "possession-lost":
      return "losing the ball";
    case "possession":
      return `the ball with the ${end.by} for ${end.steps} steps`;
    case "passes":
      return `${end.count} passes in a row of the ${end.by}`;
    case "enters":
      return `${end.who} in the zone ${end.zone}${end.by === undefined ? "" : `, the ball with the ${end.by}`}`;
    case "leaves":
      return `${end.who} out of the zone ${end.zone}`;
    default:
      return "time";
  }
}

function marks(player: Scenario["left"]["players"][number]): string {
  const receiving = player.receiving === undefined ? "" : `receiving at ${player.receiving.join(", ")}`;
  const words = [
    receiving,
    player.lazy ? "lazy" : "",
    player.controllable === false ? "not controllable" : "",
  ];
  return words.filter((word) => word !== "").join("; ");
}

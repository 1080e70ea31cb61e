/**
 * @file The one command. Each subcommand is a file in cli/ that declares its words and options at once and
 * imports its code only when it runs, so that --help is fast.
 */
import { Command } from "commander";
import { benchCommand } from "./cli/bench.ts";
import { dataCommand } from "./cli/data.ts";
import { doctorCommand } from "./cli/doctor.ts";
import { envCommand } from "./cli/env.ts";
import { failWith, wrongUse } from "./cli/failure.ts";
import { gradeCommand } from "./cli/grade.ts";
import { examples } from "./cli/option.ts";
import { modelCommand } from "./cli/model.ts";
import { playCommand } from "./cli/play.ts";
import { replayCommand } from "./cli/replay.ts";
import { reportCommand } from "./cli/report.ts";
import { rewardCommand } from "./cli/reward.ts";
import { scenarioCommand } from "./cli/scenario.ts";
import { serveCommand } from "./cli/serve.ts";
import { trainCommand } from "./cli/train.ts";
import { watchCommand } from "./cli/watch.ts";
import manifest from "./package.json" with { type: "json" };

/** Runs one command line (without node and script); ends the process with 1 (failed) or 2 (wrong use) on errors. */
export async function main(args: readonly string[]): Promise<void> {
  // A reader that has seen enough (`| head`) is no error.
  process.stdout.on("error", (error) => {
    if ("code" in error && error.code === "EPIPE") process.exit(0);
    throw error;
  });
  try {
    await makeProgram().parseAsync(args, { from: "user" });
  } catch (error) {
    process.exit(failWith(error));
  }
}

function makeProgram(): Command {
  const program = new Command("touchline")
    .description("A football world for vision-language agents: simulate, watch, train and benchmark.")
    .version(manifest.version, "--version", "print the version")
    .helpOption("--help", "show what a command does, with examples")
    .option("--json", "print one JSON document on standard output and nothing else there")
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", examples("touchline watch", "touchline scenario list", "touchline doctor --json"));
  for (const register of [
    watchCommand,
    playCommand,
    scenarioCommand,
    replayCommand,
    envCommand,
    dataCommand,
    trainCommand,
    benchCommand,
    reportCommand,
    rewardCommand,
    gradeCommand,
    modelCommand,
    serveCommand,
    doctorCommand,
  ]) {
    register(program);
  }
  for (const command of commandsBelow(program)) wrongUse(command);
  return program;
}

function commandsBelow(command: Command): Command[] {
  return [command, ...command.commands.flatMap(commandsBelow)];
}

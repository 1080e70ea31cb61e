/** @file `touchline replay`: plays recorded episodes again. */
import type { Command } from "commander";
import { exportCommand } from "./export-clip.ts";
import { examples } from "./option.ts";
import { printJson } from "./output.ts";
import type { ReplayReport } from "./verify.ts";

interface Options {
  json?: boolean;
}

export function replayCommand(program: Command): void {
  const replay = program
    .command("replay")
    .description("play recorded episodes again")
    .addHelpText("after", examples("touchline replay verify runs/match/*.jsonl"));

  replay
    .command("verify")
    .description(
      "play episodes again and compare every state, tick, frame, event and reward; " +
        "status 1 when something differs or a file is damaged",
    )
    .argument("<file...>", "files that touchline play --record wrote")
    .addHelpText(
      "after",
      examples("touchline replay verify runs/match/*.jsonl", "touchline replay verify a.jsonl --json"),
    )
    .action(async (files: string[], _own: unknown, command: Command) =>
      verify(files, command.optsWithGlobals<Options>()),
    );

  exportCommand(replay);
}

async function verify(files: readonly string[], options: Options): Promise<void> {
  const { printReport, verifyFile } = await import("./verify.ts");
  const reports: ReplayReport[] = [];
  for (const file of files) {
    const report = await verifyFile(file);
    reports.push(report);
    if (report.error !== undefined) console.error(`touchline: ${report.error.code}: ${report.error.message}`);
    else if (!options.json) printReport(report);
  }
  if (options.json) printJson(reports);
  if (reports.some((report) => !report.ok)) process.exitCode = 1;
}

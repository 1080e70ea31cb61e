/** @file `touchline doctor`: what this machine offers, and what it lacks. */
import type { Command } from "commander";
import { examples } from "./option.ts";
import { printJson } from "./output.ts";

export function doctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("what this machine offers: cores, devices, versions, and what is missing")
    .addHelpText("after", examples("touchline doctor", "touchline doctor --json"))
    .action(async (_own: unknown, command: Command) => {
      const { examine, printReport } = await import("./machine.ts");
      const report = await examine();
      if (command.optsWithGlobals<{ json?: boolean }>().json) printJson(report);
      else printReport(report);
    });
}

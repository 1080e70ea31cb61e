/** @file `touchline doctor`: what this machine offers, and what it lacks. */
import { type Command, Option } from "commander";
import type { Device } from "../agent/graph/index.ts";
import { DEVICES, examples } from "./option.ts";
import { printJson } from "./output.ts";

interface Options {
  probe?: Device;
  json?: boolean;
}

export function doctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("what this machine offers: cores, devices, versions, and what is missing")
    // What the command asks processes of its own: one device, as JSON.
    .addOption(new Option("--probe <device>").choices(DEVICES).hideHelp())
    .addHelpText("after", examples("touchline doctor", "touchline doctor --json"))
    .action(async (_own: unknown, command: Command) => {
      const { probe, json } = command.optsWithGlobals<Options>();
      if (probe !== undefined) {
        const { probeDevice } = await import("../agent/graph/index.ts");
        return printJson(await probeDevice(probe));
      }
      const { examine, printReport } = await import("./machine.ts");
      const report = await examine();
      if (json) printJson(report);
      else printReport(report);
    });
}

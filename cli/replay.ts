/** @file `touchline replay`: its place in the one command. Its words, options and action are still to be written. */
import type { Command } from "commander";
import { TouchlineError } from "../env/error.ts";

export function replayCommand(program: Command): void {
  program.command("replay").action(() => {
    throw new TouchlineError("cli/not-built", "touchline replay is not built yet.");
  });
}

/** @file `touchline watch`: its place in the one command. Its words, options and action are still to be written. */
import type { Command } from "commander";
import { TouchlineError } from "../env/error.ts";

export function watchCommand(program: Command): void {
  program.command("watch").action(() => {
    throw new TouchlineError("cli/not-built", "touchline watch is not built yet.");
  });
}

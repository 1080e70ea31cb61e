/** @file `touchline play`: its place in the one command. Its words, options and action are still to be written. */
import type { Command } from "commander";
import { TouchlineError } from "../env/error.ts";

export function playCommand(program: Command): void {
  program.command("play").action(() => {
    throw new TouchlineError("cli/not-built", "touchline play is not built yet.");
  });
}

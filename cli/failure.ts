/** @file How a command line that did not work is told, and with which exit status. */
import { CommanderError, type Command } from "commander";
import { TouchlineError } from "../env/error.ts";

const FAILED = 1;
const WRONG_USE = 2;

/** Set to anything, it adds the stack trace to an error. */
const TRACE = "TOUCHLINE_TRACE";

/** Tells an error on standard error; returns the exit status. */
export function failWith(error: unknown): number {
  if (error instanceof CommanderError) {
    // Help and version come as errors too, with status 0; commander has printed all of them by now.
    return error.exitCode === 0 ? 0 : WRONG_USE;
  }
  if (error instanceof TouchlineError) {
    console.error(`touchline: ${error.code}: ${error.message}`);
  } else {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`touchline: internal: ${message} (a defect of Touchline; ${TRACE}=1 shows where)`);
  }
  if (process.env[TRACE] && error instanceof Error) console.error(error.stack, error.cause ?? "");
  return error instanceof TouchlineError && error.code.startsWith("cli/") ? WRONG_USE : FAILED;
}

/** Makes commander throw instead of exiting, and word its errors as ours: `cli/wrong-use`, on one line. */
export function wrongUse(command: Command): void {
  command.exitOverride();
  command.configureOutput({
    outputError: (text, write) => {
      const sentence = text
        .replace(/^error: /, "")
        .trim()
        .replaceAll(/\s*\n\s*/g, " ");
      write(`touchline: cli/wrong-use: ${sentence} See ${pathOf(command)} --help.\n`);
    },
  });
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

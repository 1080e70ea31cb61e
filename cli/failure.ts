/** @file How a command line that did not work is told, and with which exit status. */
import { CommanderError, type Command } from "commander";
import { TouchlineError } from "../env/error.ts";
import { printable } from "../env/printable.ts";

const FAILED = 1;
const WRONG_USE = 2;

/** Set to anything, it adds the stack trace to an error. */
const TRACE = "TOUCHLINE_TRACE";

/** Tells an error on standard error; returns the exit status. */
export function failWith(error: unknown): number {
  const { status, text } = failureOf(error);
  if (text !== undefined) console.error(text);
  if (text !== undefined && process.env[TRACE]) console.error(error);
  return status;
}

/** The exit status and, where commander has not told it yet, the text. */
export function failureOf(error: unknown): { status: number; text?: string } {
  // Help and version come as errors too, with status 0.
  if (error instanceof CommanderError) return { status: error.exitCode === 0 ? 0 : WRONG_USE };
  if (error instanceof TouchlineError) {
    const status = error.code.startsWith("cli/") ? WRONG_USE : FAILED;
    return { status, text: `touchline: ${error.code}: ${error.message}` };
  }
  const message = error instanceof Error ? error.message : String(error);
  const text = `touchline: internal: ${printable(message)} (a defect of Touchline; ${TRACE}=1 shows where)`;
  return { status: FAILED, text };
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

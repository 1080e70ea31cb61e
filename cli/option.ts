/** @file Words and options that several commands share. */
import { delimiter, resolve } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import type { Device } from "../agent/graph/index.ts";

/** As agent/graph names them, whose file would load onnxruntime for every --help. */
export const DEVICES = ["cpu", "webgpu", "cuda"] as const satisfies readonly Device[];

/** The examples under a command's help, one a line. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}\n`;
}

/** A parser for an option's value: an integer in [low, high]. */
export function integer(low: number, high = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^-?\d+$/.test(text) && value >= low && value <= high) return value;
    const most = high === Number.MAX_SAFE_INTEGER ? "" : ` to ${high}`;
    throw new InvalidArgumentError(`Expected an integer from ${low}${most}.`);
  };
}

/** A parser for an option's value: a number in [low, high]. */
export function number(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Expected a number from ${low} to ${high}.`);
  };
}

/** `--device`: where a model runs. */
export function deviceOption(): Option {
  return new Option("--device <device>", "where the model runs; see touchline doctor")
    .choices(DEVICES)
    .default("cpu" satisfies Device);
}

export const OPPONENT_HELP =
  "who plays the right side; without it the scenario's own, else its built-in players; none: those always";

/** Adds folders of `--scenarios` for all of this process and those that it starts, where scenarios are known by name only. */
export function useScenarios(folders: readonly string[]): void {
  if (folders.length > 0)
    process.env["TOUCHLINE_SCENARIOS"] = folders.map((dir) => resolve(dir)).join(delimiter);
}

/** `--scenarios DIR`, which may be given more than once; read it as `options.scenarios`, a list of folders. */
export function scenariosOption(): Option {
  return new Option("--scenarios <dir>", "a folder with scenarios of your own; may be repeated")
    .argParser((dir: string, before: string[]) => [...before, dir])
    .default([], "none");
}

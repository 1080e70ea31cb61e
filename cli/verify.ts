/** @file One file of `touchline replay verify`: what was found, as data and as sentences. */
import { readFileSync } from "node:fs";
import type { Damage, Difference, Episode } from "../env/episode/index.ts";
import { readEpisode, verifyEpisode } from "../env/episode/index.ts";
import { TouchlineError } from "../env/error.ts";
import { makeEnv } from "../env/football/index.ts";
import { validateScenario } from "../scenarios/index.ts";
import { printLine } from "./output.ts";

export interface ReplayReport {
  file: string;
  /** The file is whole, and everything in it came out the same. */
  ok: boolean;
  /** How much was played again and was the same. */
  steps: number;
  ticks: number;
  difference?: Difference;
  damage?: Damage;
  /** Why nothing could be played again. */
  error?: { code: string; message: string };
}

export async function verifyFile(file: string): Promise<ReplayReport> {
  const nothing = { file, ok: false, steps: 0, ticks: 0 };
  try {
    const episode = readRecording(file);
    const damage = episode.damage === undefined ? {} : { damage: episode.damage };
    const verdict = await verifyEpisode(episode, makeEnv);
    if (!verdict.ok) return { ...nothing, difference: verdict.difference, ...damage };
    return { ...verdict, file, ok: episode.damage === undefined, ...damage };
  } catch (error) {
    if (!(error instanceof TouchlineError)) throw error;
    return { ...nothing, error: { code: error.code, message: `${file}: ${error.message}` } };
  }
}

/** The episode in a file, with a scenario that is one. Throws what is wrong with either. */
export function readRecording(file: string): Episode {
  const episode = readEpisode(readFile(file));
  if (episode.header !== undefined) validateScenario(episode.header.scenario, "its scenario");
  return episode;
}

function readFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new TouchlineError(
      "replay/file",
      `The file cannot be read (${code}); give the path of a .jsonl file.`,
      {
        cause,
      },
    );
  }
}

export function printReport({ file, ok, steps, ticks, difference, damage }: ReplayReport): void {
  if (ok) printLine(`${file}: ok, all ${steps} steps (${ticks} ticks) are the same`);
  else if (difference !== undefined) printLine(`${file}: ${differenceText(difference)}`);
  else printLine(`${file}: the ${steps} steps (${ticks} ticks) before the damage are the same`);
  if (damage !== undefined) {
    printLine(`${file}: damaged from line ${damage.line}, byte ${damage.byteOffset} on: ${damage.message}`);
  }
}

function differenceText({ step, tick, what, recorded, replayed }: Difference): string {
  const name = what === "ticks" ? "state" : what;
  return (
    `differs first at tick ${tick} (step ${step}): ${name} ` +
    `was ${JSON.stringify(recorded)} and is now ${JSON.stringify(replayed)}`
  );
}

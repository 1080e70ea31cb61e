/** @file What a step of a run has in `episodes/STEP/`: recorded episodes, and questions with their answers. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { addLine, type Episode } from "../../../env/episode/index.ts";
import {
  type EpisodeCard,
  EPISODES_MAX,
  FILE_NAME_MAX,
  type PointDetail,
  type Sample,
  TEXT_MAX,
} from "../../protocol/index.ts";
import { readInside, realInside } from "./inside.ts";

const EPISODES = "episodes";
const SAMPLES_FILE = "samples.jsonl";
const SAMPLES_BYTES_MAX = 4_000_000;
/** A header holds a scenario; an end is one short line. */
const HEAD_BYTES = 128_000;
const END_BYTES = 8192;
/** As many as one can point at. */
const STEPS_MAX = 5000;

/** Where a run's recorded episodes lie; `run` is its folder, `root` that of all runs. */
export interface Where {
  root: string;
  run: string;
}

/** The steps that have episodes or questions, from the first to the last. */
export async function episodeSteps({ root, run }: Where): Promise<number[]> {
  return (await stepFolders({ root, run })).map(({ step }) => step).slice(-STEPS_MAX);
}

/** The path of a file that is listed of a step; undefined for all else. */
export async function episodeFile(where: Where, step: number, file: string): Promise<string | undefined> {
  const folder = (await stepFolders(where)).find((other) => other.step === step);
  if (folder === undefined || !(await episodeNames(folder.path)).includes(file)) return undefined;
  return realInside(where.root, join(folder.path, file));
}

/** What there is of a step, or of the nearest before it that has something. */
export async function readPoint(where: Where, step: number): Promise<Omit<PointDetail, "run">> {
  const folders = await stepFolders(where);
  const folder = folders.findLast((other) => other.step <= step);
  if (folder === undefined) return { step: null, episodes: [], samples: [] };
  const names = (await episodeNames(folder.path)).slice(0, EPISODES_MAX);
  const episodes: EpisodeCard[] = [];
  for (const name of names) {
    const card = await readCard(where.root, folder.path, name);
    if (card !== undefined) episodes.push(card);
  }
  return { step: folder.step, episodes, samples: await readSamples(where.root, folder.path) };
}

async function stepFolders({ root, run }: Where): Promise<{ step: number; path: string }[]> {
  const folder = join(run, EPISODES);
  if ((await realInside(root, folder)) === undefined) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && /^\d{1,15}$/.test(entry.name))
    .map(({ name }) => ({ step: Number(name), path: join(folder, name) }))
    .sort((a, b) => a.step - b.step);
}

async function episodeNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".jsonl") && entry.name !== SAMPLES_FILE)
    .map(({ name }) => name)
    .filter((name) => name.length <= FILE_NAME_MAX)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

async function readCard(root: string, folder: string, file: string): Promise<EpisodeCard | undefined> {
  const path = join(folder, file);
  const head = await readInside(root, path, { most: HEAD_BYTES });
  const tail = await readInside(root, path, { most: END_BYTES, from: "end" });
  if (head === undefined || tail === undefined) return undefined;
  const episode: Episode = { steps: [], decisions: [] };
  try {
    if (addLine(episode, head.bytes.subarray(0, head.bytes.indexOf("\n"))) !== undefined) return undefined;
  } catch {
    // Of a version that this program does not read.
    return undefined;
  }
  const { scenario, seed } = episode.header!;
  return { file, scenario: scenario.id, seed, ...endOf(tail.bytes.toString("utf8")) };
}

/** What the last line says, where it is an end. It is for the list only: who plays the episode reads it with its checksums. */
function endOf(tail: string): Pick<EpisodeCard, "score" | "steps" | "return"> {
  const end = objectOf(tail.trimEnd().split("\n").at(-1) ?? "");
  if (end?.["kind"] !== "end") return {};
  const { score, steps, return: earned } = end;
  const total = typeof earned === "object" && earned !== null && "total" in earned ? earned.total : undefined;
  const [left, right] = Array.isArray(score) ? (score as unknown[]) : [];
  return {
    score: typeof left === "number" && typeof right === "number" ? [left, right] : undefined,
    steps: typeof steps === "number" ? steps : undefined,
    return: typeof total === "number" ? total : undefined,
  };
}

async function readSamples(root: string, folder: string): Promise<Sample[]> {
  const file = await readInside(root, join(folder, SAMPLES_FILE), { most: SAMPLES_BYTES_MAX });
  const lines = file?.bytes.toString("utf8").split("\n") ?? [];
  const samples: Sample[] = [];
  for (const line of lines) {
    const value = objectOf(line);
    if (value === undefined || samples.length >= EPISODES_MAX) continue;
    const { prompt, response, gold, reward, format, accuracy } = value;
    samples.push({
      prompt: textOf(prompt),
      response: textOf(response),
      gold: textOf(gold),
      reward: numberOf(reward),
      format: numberOf(format),
      accuracy: numberOf(accuracy),
    });
  }
  return samples;
}

function objectOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

/** A text; a chat or another value as JSON. */
function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX - 1)}…` : text;
}

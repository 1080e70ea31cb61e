/** @file What the report shows of a recorded episode: the moment that decided it, with frame, thought and action. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { ReplayRunner } from "../../agent/match/index.ts";
import { type Episode, readEpisode } from "../../env/episode/index.ts";
import {
  type Action,
  ACTIONS,
  type ActionSet,
  FULL_ACTIONS,
  SIMPLE_ACTIONS,
} from "../../env/football/index.ts";
import { seenBy } from "../../env/football/index.ts";
import { type Frame, makePainter } from "../../env/frame/index.ts";
import { EPISODES } from "../benchmark/football/index.ts";
import { decidingMoment, type Moment } from "./moment.ts";

export interface ReportMoment extends Pick<Moment, "what" | "step" | "seen"> {
  /** The recorded episode. */
  path: string;
  /** Of whoever plays by words; an answer without an action stands as it came. */
  thought: string | null;
  answer: string | null;
  action: string;
}

/** Undefined where the file is gone or holds nothing that was played. */
export function readMoment(
  directory: string,
  file: string,
): { episode: Episode; moment: ReportMoment } | undefined {
  const path = join(directory, EPISODES, file);
  if (!existsSync(path)) return undefined;
  const episode = readEpisode(readFileSync(path));
  const found = decidingMoment(episode);
  if (found === undefined) return undefined;
  const { what, step, seen, decision, action } = found;
  const { think = null, answer, text, failed } = decision ?? {};
  return {
    episode,
    moment: {
      what,
      step,
      seen,
      path,
      thought: think,
      answer: answer ?? failed ?? text ?? null,
      action: action === undefined ? "nothing" : nameOf(action, episode.header?.actions),
    },
  };
}

/** What the left side saw after so many steps. @throws TouchlineError `episode/...`, `replay/...` where it cannot be played again. */
export async function frameAfter(episode: Episode, steps: number): Promise<Frame> {
  const runner = await ReplayRunner.make(episode);
  try {
    await runner.start();
    for (let step = 0; step < steps; step++) await runner.advance();
    const { frames, frame } = episode.header ?? {};
    const { env } = runner;
    return makePainter(env.lineup, frames?.left ?? frame ?? undefined).paint(seenBy(env.scene(), 0));
  } finally {
    await runner.close();
  }
}

/** As a data URI; undefined for an episode that this version plays another way. */
export async function pictureOf(episode: Episode, { seen }: ReportMoment): Promise<string | undefined> {
  try {
    const { data, width, height } = await frameAfter(episode, seen);
    const picture = sharp(data, { raw: { width, height, channels: 3 } });
    return `data:image/webp;base64,${(await picture.webp({ lossless: true }).toBuffer()).toString("base64")}`;
  } catch {
    return undefined;
  }
}

const NAMES: Partial<Record<ActionSet, readonly string[]>> = {
  default: ACTIONS,
  full: FULL_ACTIONS,
  simple: SIMPLE_ACTIONS,
};

function nameOf(action: Action, set: ActionSet = "default"): string {
  if (typeof action === "string") return action;
  return (typeof action === "number" && NAMES[set]?.[action]) || JSON.stringify(action);
}

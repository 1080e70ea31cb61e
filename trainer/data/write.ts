/** @file Questions drawn and written as JSONL, with a PNG file for each frame that is shown. */
import { existsSync } from "node:fs";
import { type FileHandle, mkdir, open, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";
import { chance, makeRandom, nextUint32 } from "../../env/random.ts";
import { encodePng } from "../../agent/frame/index.ts";
import type { ChatMessage } from "../../agent/model/index.ts";
import {
  answeredChat,
  askedChat,
  drawQuestions,
  type MomentSource,
  type Question,
  type QuestionKind,
  type QuestionMix,
  viewOf,
} from "../question/index.ts";
import type { VerifierName } from "../reward/index.ts";

/** Reasoning in words, the same on frames, and both with answers to imitate. */
export const DATA_STAGES = ["fre", "mgt", "sft"] as const;
export type DataStage = (typeof DATA_STAGES)[number];

export interface WriteOptions {
  stage: DataStage;
  count: number;
  seed: number;
  /** Where moments come from; for kinds in words alone none is needed. */
  source?: MomentSource | undefined;
  /** `MIXES` of the stage. */
  mix?: QuestionMix;
  heldOut?: boolean;
  /** What the system says before each question. */
  system?: string | undefined;
  /** Told after each row. */
  onRow?: (rows: number) => void;
}

export interface Written {
  file: string;
  rows: number;
  frames: number;
  kinds: Partial<Record<QuestionKind, number>>;
}

const PITCH: QuestionMix = { nearest: 1, distance: 1, lane: 1, offside: 1, keeper: 1, possession: 1 };
const WORDS: QuestionMix = { arithmetic: 2, geometry: 2 };

/** What is asked without a mix of one's own. */
export const MIXES: Readonly<Record<DataStage, QuestionMix>> = {
  fre: { ...WORDS, ...PITCH },
  mgt: PITCH,
  sft: { ...WORDS, ...PITCH },
};

/** Questions that are drawn at a time: their frames are in memory. */
const CHUNK = 64;

/**
 * Writes `directory/STAGE.jsonl`, and frames to `directory/STAGE/`; the same for the same options. A row of `fre` and `mgt` is
 * LMM-R1's, for `readQuestions`; one of `sft` is for `readDataset`, and half of what is about play is on a frame.
 * @throws TouchlineError `data/exists`, `data/write`, `question/mix`, and as `drawQuestions`.
 */
export async function writeQuestions(directory: string, options: WriteOptions): Promise<Written> {
  const { stage, mix = {} } = options;
  if (stage !== "sft" && (mix.sokoban ?? 0) > 0) throw noOneAnswer();
  const file = join(directory, `${stage}.jsonl`);
  if (existsSync(file)) {
    throw new TouchlineError("data/exists", `There is a file ${file}; remove it, or give another folder.`);
  }
  // It gets its name when it is whole.
  const unfinished = `${file}.part`;
  const written: Written = { file, rows: 0, frames: 0, kinds: {} };
  let handle: FileHandle | undefined;
  try {
    await mkdir(stage === "fre" ? directory : join(directory, stage), { recursive: true });
    handle = await open(unfinished, "w");
    for (const asked of shownQuestions(options)) await writeRow(handle, directory, asked, options, written);
    await rename(unfinished, file);
  } catch (cause) {
    if (cause instanceof TouchlineError) throw cause;
    const message = `${file} cannot be written (${fileErrorCode(cause)}); give a folder with room that may be written to.`;
    throw new TouchlineError("data/write", message, { cause });
  } finally {
    await handle?.close();
  }
  return written;
}

function noOneAnswer(): TouchlineError {
  const message =
    'Rows of fre and mgt have one right answer, and a level of Sokoban has many plans; write rows of sft, or train with "questions" in a recipe.';
  return new TouchlineError("question/mix", message);
}

interface Asked {
  question: Question;
  /** On a frame, and not in words. */
  isSeen: boolean;
}

function* shownQuestions(options: WriteOptions): Generator<Asked> {
  const { stage, count, seed, source, mix = MIXES[stage], heldOut = false } = options;
  const random = makeRandom(seed, 13);
  for (let left = count; left > 0; left -= CHUNK) {
    const size = Math.min(left, CHUNK);
    // LMM-R1's rows have room for one answer.
    const limits = { heldOut, oneAnswer: true };
    for (const question of drawQuestions(source, mix, nextUint32(random), size, limits)) {
      const isSeen = stage === "mgt" || (stage === "sft" && chance(random, 0.5));
      yield { question, isSeen: isSeen && viewOf(question) !== undefined };
    }
  }
}

async function writeRow(
  handle: FileHandle,
  directory: string,
  { question, isSeen }: Asked,
  { stage, system, onRow }: WriteOptions,
  written: Written,
): Promise<void> {
  // From the JSONL file, with slashes everywhere.
  const picture = isSeen ? `${stage}/${String(written.frames).padStart(6, "0")}.png` : undefined;
  if (picture) {
    await writeFile(join(directory, picture), await encodePng(viewOf(question)!.frame));
    written.frames++;
  }
  const shown = isSeen ? "frame" : "words";
  const { messages } = stage === "sft" ? answeredChat(question, shown) : askedChat(question, shown);
  const all = system === undefined ? messages : [{ role: "system", content: system }, ...messages];
  const images = picture ? { images: [picture] } : {};
  const row =
    stage === "sft"
      ? { messages: all, ...images }
      : {
          message: JSON.stringify(all.map((message) => naming(message, picture))),
          ...images,
          answer: question.gold,
          verifier: "exact" satisfies VerifierName,
        };
  await handle.write(`${JSON.stringify({ ...row, kind: question.kind })}\n`);
  const kind = question.kind as QuestionKind;
  written.kinds[kind] = (written.kinds[kind] ?? 0) + 1;
  onRow?.(++written.rows);
}

/** The message with the path of its picture in it, where LMM-R1 looks for it. */
function naming({ role, content }: ChatMessage, picture: string | undefined): object {
  if (typeof content === "string") return { role, content };
  return {
    role,
    content: content.map((item) => (item.type === "image" ? { type: "image", image: picture } : item)),
  };
}

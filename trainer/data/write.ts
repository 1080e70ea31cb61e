/** @file Questions drawn and written as JSONL, with a PNG file for each frame that is shown, or as parquet with the frames in it. */
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
import { ParquetRows } from "../table/index.ts";
import { checkVerlSystem, verlColumns, verlRow } from "./verl.ts";

/** Reasoning in words, the same on frames, and both with answers to imitate. */
export const DATA_STAGES = ["fre", "mgt", "sft"] as const;
export type DataStage = (typeof DATA_STAGES)[number];

/** LMM-R1's rows and conversations, or verl's rows. */
export const DATA_FORMATS = ["jsonl", "parquet"] as const;
export type DataFormat = (typeof DATA_FORMATS)[number];

export interface WriteOptions {
  stage: DataStage;
  /** `parquet` for `fre` and `mgt` only. */
  format?: DataFormat;
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
 * Writes `directory/STAGE.jsonl` and frames to `directory/STAGE/`, or `directory/STAGE.parquet`; the same for the same options. A
 * row of JSONL of `fre` and `mgt` is LMM-R1's, for `readQuestions`; one of `sft` is for `readDataset`, and half of what is about
 * play is on a frame.
 * @throws TouchlineError `data/exists`, `data/write`, `data/system`, `question/mix`, and as `drawQuestions`.
 */
export async function writeQuestions(directory: string, options: WriteOptions): Promise<Written> {
  const { stage, format = "jsonl", mix = {}, system, onRow } = options;
  if (stage !== "sft" && (mix.sokoban ?? 0) > 0) throw noOneAnswer();
  if (format === "parquet") checkVerlSystem(system);
  const file = join(directory, `${stage}.${format}`);
  if (existsSync(file)) {
    throw new TouchlineError("data/exists", `There is a file ${file}; remove it, or give another folder.`);
  }
  // It gets its name when it is whole.
  const unfinished = `${file}.part`;
  const written: Written = { file, rows: 0, frames: 0, kinds: {} };
  let handle: FileHandle | undefined;
  try {
    await mkdir(directory, { recursive: true });
    handle = await open(unfinished, "w");
    const rows = await ROWS[format](handle, directory, options);
    for (const { question, isSeen } of shownQuestions(options)) {
      const png = isSeen ? await encodePng(viewOf(question)!.frame) : undefined;
      await rows.append(question, png);
      if (png) written.frames++;
      const kind = question.kind as QuestionKind;
      written.kinds[kind] = (written.kinds[kind] ?? 0) + 1;
      onRow?.(++written.rows);
    }
    await rows.finish();
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

/** Rows of one format; `png` is the frame that is shown. */
interface Rows {
  append(question: Question, png: Uint8Array | undefined): Promise<void>;
  finish(): Promise<void>;
}

type OpenRows = (handle: FileHandle, directory: string, options: WriteOptions) => Promise<Rows>;

const ROWS: Readonly<Record<DataFormat, OpenRows>> = { jsonl: jsonlRows, parquet: parquetRows };

/** Who says whether an answer is right: it is a word or a place. */
const VERIFIER: VerifierName = "exact";

async function jsonlRows(
  handle: FileHandle,
  directory: string,
  { stage, system }: WriteOptions,
): Promise<Rows> {
  if (stage !== "fre") await mkdir(join(directory, stage), { recursive: true });
  let frames = 0;
  return {
    async append(question, png) {
      // From the JSONL file, with slashes everywhere.
      const picture = png && `${stage}/${String(frames++).padStart(6, "0")}.png`;
      if (picture) await writeFile(join(directory, picture), png);
      const messages = messagesOf(question, stage, system, png !== undefined);
      const images = picture ? { images: [picture] } : {};
      const row =
        stage === "sft"
          ? { messages, ...images }
          : {
              message: JSON.stringify(messages.map((message) => naming(message, picture))),
              ...images,
              answer: question.gold,
              verifier: VERIFIER,
            };
      await handle.write(`${JSON.stringify({ ...row, kind: question.kind })}\n`);
    },
    finish: () => Promise.resolve(),
  };
}

function parquetRows(
  handle: FileHandle,
  _directory: string,
  { stage, system, heldOut = false }: WriteOptions,
): Promise<Rows> {
  const rows = new ParquetRows(handle, verlColumns(stage !== "fre"));
  let index = 0;
  return Promise.resolve({
    append: (question, png) =>
      rows.append(
        verlRow({
          messages: messagesOf(question, stage, system, png !== undefined),
          images: png ? [png] : [],
          gold: question.gold,
          verifier: VERIFIER,
          kind: question.kind as QuestionKind,
          split: heldOut ? "test" : "train",
          index: index++,
        }),
      ),
    finish: () => rows.finish(),
  });
}

function messagesOf(
  question: Question,
  stage: DataStage,
  system: string | undefined,
  isSeen: boolean,
): readonly ChatMessage[] {
  const shown = isSeen ? "frame" : "words";
  const { messages } = stage === "sft" ? answeredChat(question, shown) : askedChat(question, shown);
  return system === undefined ? messages : [{ role: "system", content: system }, ...messages];
}

/** The message with the path of its picture in it, where LMM-R1 looks for it. */
function naming({ role, content }: ChatMessage, picture: string | undefined): object {
  if (typeof content === "string") return { role, content };
  return {
    role,
    content: content.map((item) => (item.type === "image" ? { type: "image", image: picture } : item)),
  };
}

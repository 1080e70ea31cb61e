/**
 * @file Checkpoints: a model folder with what the optimiser remembers beside it. Everything is written to a new folder
 * that then takes its name, so that a crash leaves the last one whole.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { TouchlineError } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";
import {
  checkShape,
  type FloatType,
  INDEX_FILE,
  parameterShapes,
  readHeader,
  readJson,
  readTensor,
  WEIGHTS_FILE,
  writeSafetensors,
} from "../../agent/model/index.ts";
import { ADAPTER_CONFIG, addAdapter, type Adapter, matrixShapes, writeAdapter } from "../lora/index.ts";
import { meanName } from "./graph.ts";
import { Learner, type LearnerOptions } from "./learner.ts";

const OPTIMISER_FILE = "optimiser.safetensors";
const STATE_FILE = "state.json";
const FORMAT = "touchline-checkpoint";
const LORA_MATRIX = /\.lora_[AB]\.weight$/;

export interface CheckpointOptions {
  /** How weights that are trained are stored; the optimiser's file keeps them in float32 besides. */
  dtype?: FloatType;
  /** Whatever the caller wants back: the state of generators, the place in the data. JSON. */
  extra?: unknown;
}

/**
 * Writes a checkpoint as the folder `directory`; one that was there is replaced.
 * @throws TouchlineError `trainer/checkpoint` or `model/write` when it cannot be written; what was there is then as
 * before.
 */
export async function saveCheckpoint(
  learner: Learner,
  directory: string,
  { dtype = "F32", extra = null }: CheckpointOptions = {},
): Promise<void> {
  const state = await learner.state();
  const part = `${directory}.${process.pid}.part`;
  try {
    writing(directory, () => {
      rmSync(part, { recursive: true, force: true });
      mkdirSync(part, { recursive: true });
      copyRest(learner.weights.directory, part);
    });
    const adapter = learner.adapter && adapterNow(learner.adapter, state);
    writeSafetensors(join(part, WEIGHTS_FILE), modelTensors(learner, state, dtype, adapter));
    const base = resolve(learner.weights.directory);
    if (adapter) writeAdapter(part, adapter, learner.lora!, base);
    const kept = [...state].filter(([name]) => dtype !== "F32" || !learner.weights.tensors.has(name));
    writeSafetensors(
      join(part, OPTIMISER_FILE),
      kept.map(([name, { shape, values }]) => ({ name, dtype: "F32", shape, data: values })),
    );
    const record = {
      format: FORMAT,
      version: 1,
      steps: learner.stepsDone,
      order: [...state.keys()],
      extra,
      base: adapter ? base : null,
    };
    writing(directory, () => {
      writeWhole(join(part, STATE_FILE), `${JSON.stringify(record, null, 2)}\n`);
      takeName(part, directory);
    });
  } catch (error) {
    discard(part);
    throw error;
  }
}

/**
 * Writes the model as it is now, an adapter merged in, for those who only act by it: no checkpoint, which could be gone on
 * from. A folder that was there is written over.
 * @throws TouchlineError as `saveCheckpoint`.
 */
export async function saveModel(
  learner: Learner,
  directory: string,
  dtype: FloatType = "F32",
): Promise<void> {
  const state = await learner.state();
  writing(directory, () => {
    mkdirSync(directory, { recursive: true });
    copyRest(learner.weights.directory, directory);
  });
  const adapter = learner.adapter && adapterNow(learner.adapter, state);
  writeSafetensors(join(directory, WEIGHTS_FILE), modelTensors(learner, state, dtype, adapter));
}

const stateSchema = z.object({
  format: z.literal(FORMAT, { error: `"${FORMAT}"` }),
  version: z.literal(1, { error: "1" }),
  steps: z.int({ error: "an integer" }).min(0, { error: "an integer from 0" }),
  order: z.array(z.string({ error: "names" }), { error: "a list of names" }),
  extra: z.unknown(),
  /** With an adapter: the folder of the frozen weights, for those of the checkpoint have it merged in. */
  base: z.nullable(z.string({ error: "a folder" })),
});

/**
 * Opens what `saveCheckpoint` wrote, to go on exactly as if it had never stopped. `extra`: what was given then.
 * @throws TouchlineError `trainer/checkpoint` for a folder that is none, and as `Learner.open`.
 */
export function resumeCheckpoint(
  directory: string,
  options: LearnerOptions,
): { learner: Learner; extra: unknown } {
  const path = join(directory, STATE_FILE);
  if (!existsSync(path)) {
    throw new TouchlineError(
      "trainer/checkpoint",
      `"${directory}" has no ${STATE_FILE}; expected a checkpoint's folder, such as runs/NAME/checkpoints/STEP.`,
    );
  }
  const { steps, order, extra, base } = checkShape(stateSchema, readJson(path), path);
  if (base !== null && !existsSync(base)) {
    throw new TouchlineError(
      "trainer/checkpoint",
      `The adapter in "${directory}" learns beside the frozen weights of "${base}", which is not there; give that folder back, or change "base" in ${path} to where it is now.`,
    );
  }
  const learner = Learner.open(base ?? directory, options);
  try {
    const state = readState(directory, order, learner);
    checkAdapter(learner, state, { directory, hasAdapter: base !== null });
    learner.restore(state, steps);
  } catch (error) {
    void learner.close();
    throw error;
  }
  return { learner, extra };
}

type State = Awaited<ReturnType<Learner["state"]>>;

function readState(directory: string, order: readonly string[], { weights }: Learner): State {
  const kept = readHeader(join(directory, OPTIMISER_FILE)).tensors;
  const state = order.map((name) => {
    const tensor = kept.get(name) ?? weights.tensors.get(name);
    if (tensor) return [name, { shape: tensor.shape, values: readTensor(tensor) }] as const;
    throw new TouchlineError(
      "trainer/checkpoint",
      `"${directory}" lacks "${name}", which its ${STATE_FILE} names; take another checkpoint.`,
    );
  });
  return new Map(state);
}

/** What is learned must be what was learned before, or some of it would silently be lost. */
function checkAdapter(
  { adapter }: Learner,
  state: State,
  { directory, hasAdapter }: { directory: string; hasAdapter: boolean },
): void {
  const shapes = matrixShapes(adapter?.layers ?? new Map());
  const isOther = (name: string, shape: readonly number[]): boolean =>
    LORA_MATRIX.test(name) && state.has(meanName(name)) && shapes.get(name)?.join() !== shape.join();
  if (hasAdapter === (adapter !== undefined) && ![...state].some(([name, { shape }]) => isOther(name, shape)))
    return;
  let has = 'an adapter of another rank, or on other layers, than "lora" asks for';
  if (!hasAdapter) has = 'no adapter, and "lora" asks for one';
  else if (adapter === undefined) has = 'an adapter, and no "lora" asks for one';
  throw new TouchlineError(
    "trainer/checkpoint",
    `"${directory}" has ${has}; give back what it began with, or begin a new run with this folder as its model.`,
  );
}

function adapterNow({ layers, values }: Adapter, state: State): Adapter {
  return {
    layers,
    values: new Map([...values].map(([name, own]) => [name, state.get(name)?.values ?? own])),
  };
}

/** Every parameter under its name in the folder that was opened, trained ones as they are now, an adapter merged in. */
function* modelTensors({ config, weights }: Learner, state: State, dtype: FloatType, adapter?: Adapter) {
  for (const [name, shape] of parameterShapes(config)) {
    const trained = state.get(name);
    const stored = weights.tensors.get(name)!;
    const frozen = (): Float32Array =>
      adapter ? addAdapter(readTensor(stored), name, adapter) : readTensor(stored);
    // What an adapter adds is at first less than half a step of 16 bits: rounded as it was, it would be nothing.
    const changes = trained !== undefined || (adapter?.layers.has(name.replace(/\.weight$/, "")) ?? false);
    yield {
      name: stored.name,
      dtype: changes ? dtype : (stored.dtype as FloatType),
      shape,
      data: trained ? trained.values : frozen,
    };
  }
}

/** Everything of a model folder but its weights and what an earlier checkpoint put there. */
function copyRest(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    const own = [OPTIMISER_FILE, STATE_FILE, INDEX_FILE, ADAPTER_CONFIG].includes(name);
    const path = join(from, name);
    if (own || name.endsWith(".safetensors") || !statSync(path).isFile()) continue;
    copyFileSync(path, join(to, name));
  }
}

function writeWhole(path: string, text: string): void {
  const file = openSync(path, "w");
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Gives a finished folder its name; one that has it already is out of the way for no longer than a rename takes. */
function takeName(part: string, directory: string): void {
  const old = join(dirname(directory), `.${basename(directory)}.${process.pid}.old`);
  const replaces = existsSync(directory);
  if (replaces) renameSync(directory, old);
  renameSync(part, directory);
  if (replaces) rmSync(old, { recursive: true, force: true });
}

/** Whatever is left of it; what went wrong before is what is told. */
function discard(part: string): void {
  try {
    rmSync(part, { recursive: true, force: true });
  } catch {}
}

function writing(directory: string, action: () => void): void {
  try {
    action();
  } catch (cause) {
    throw new TouchlineError(
      "trainer/checkpoint",
      `The checkpoint "${directory}" cannot be written (${fileErrorCode(cause)}); give a folder that you may write to and with room enough.`,
      { cause },
    );
  }
}

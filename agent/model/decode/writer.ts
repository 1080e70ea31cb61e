/**
 * @file Prompts to texts, many at once, for whoever asks at any time. Rows live independently: each has its own
 * length, chance and end, so what a prompt gives does not depend on the others. Prompts that wait are taken in as
 * soon as there is room beside the rows that are being written.
 */
import { makeRandom, type Random } from "../../../env/random.ts";
import type { Cache } from "./cache.ts";
import type { Forward, Predictions, Prompt } from "./forward.ts";
import { type Sampled, sampleToken, type Sampling } from "./sample.ts";

export interface Generation extends Sampling {
  prompt: Prompt;
  /** One text is written for each. */
  seeds: readonly number[];
  maxTokens: number;
  /** Any of these ends a text; it is the last of its tokens. */
  endTokens: readonly number[];
  /** Asked once for each token: whether the text ends with it for a reason of the caller's, such as a stop word. */
  ends?: (sample: number, token: number) => boolean;
  /** How many of the likeliest tokens to tell beside each. */
  alternatives: number;
}

/** `length`: maxTokens or the model's context was reached. */
export type FinishReason = "stop" | "length" | "cancelled";

export interface Written {
  tokens: Sampled[];
  finish: FinishReason;
}

export interface WriteOptions {
  /** It waits while so many texts are being written, its own included. */
  batchSize: number;
  /** `finish`: how the text ends with this token, if it does. */
  onToken?: (sample: number, token: Sampled, finish?: FinishReason) => void;
  isCancelled?: () => boolean;
}

/** What was asked, until all of its texts are written. */
interface Task extends WriteOptions {
  generation: Generation;
  written: (Written | undefined)[];
  resolve: (written: Written[]) => void;
  reject: (error: unknown) => void;
}

interface Row {
  task: Task;
  sample: number;
  random: Random;
  tokens: Sampled[];
  position: number;
}

export class Writer {
  readonly #forward: Forward;
  #waiting: Task[] = [];
  #rows: Row[] = [];
  #cache: Cache | undefined;
  #running = false;

  constructor(forward: Forward) {
    this.#forward = forward;
  }

  /** A text for each seed, of a prompt that `checkPrompt` lets pass. Throws what the network throws. */
  write(generation: Generation, options: WriteOptions): Promise<Written[]> {
    return new Promise((resolve, reject) => {
      const written = generation.seeds.map(() => undefined);
      this.#waiting.push({ ...options, generation, written, resolve, reject });
      if (this.#running) return;
      this.#running = true;
      // What is asked in the same breath is worked on together.
      setImmediate(() => void this.#run());
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0 || this.#rows.length > 0) {
      await this.#dropCancelled().catch((error: unknown) => this.#fail(error));
      const admitted = this.#next();
      try {
        if (admitted.length > 0) await this.#admit(admitted);
      } catch (error) {
        for (const task of admitted) task.reject(error);
      }
      if (this.#rows.length > 0) await this.#step().catch((error: unknown) => this.#fail(error));
    }
    this.#cache?.close();
    this.#cache = undefined;
    this.#running = false;
  }

  /** What is being written cannot go on; what waits can. */
  #fail(error: unknown): void {
    for (const { task } of this.#rows) task.reject(error);
    this.#rows = [];
  }

  /** Takes the tasks that there is room for off the waiting list. */
  #next(): Task[] {
    if (this.#rows.length > 0 && !this.#cache?.join) return [];
    let rows = this.#rows.length;
    const end = this.#waiting.findIndex(({ generation, batchSize }) => {
      const wanted = rows + generation.seeds.length;
      // Nobody waits for ever for more room than there is.
      if (rows > 0 && wanted > batchSize) return true;
      rows = wanted;
      return false;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  async #admit(tasks: readonly Task[]): Promise<void> {
    const prompts = tasks.map(({ generation }) => generation.prompt);
    // Texts of one prompt share all of it.
    const samples = tasks.flatMap(({ generation }) => generation.seeds.map(() => generation.prompt));
    const beside = this.#rows.length > 0 ? this.#cache : undefined;
    const prefix = await this.#forward.prefixOf(samples, beside);
    const { cache, next, ...predictions } = await this.#forward.prefill(prompts, { prefix });
    const promptOf: number[] = [];
    const fresh = tasks.flatMap((task, prompt) =>
      task.generation.seeds.map((seed, sample): Row => {
        promptOf.push(prompt);
        return { task, sample, random: makeRandom(seed), tokens: [], position: next[prompt]! };
      }),
    );
    const going = this.#draw(fresh, predictions, (i) => promptOf[i]!);
    // Which rows of a prompt are which is told by their order.
    const order = await keepRows(
      cache,
      going.map((i) => promptOf[i]!),
    );
    const rest = [...going];
    const ordered = order.map(
      (prompt) =>
        rest.splice(
          rest.findIndex((i) => promptOf[i] === prompt),
          1,
        )[0]!,
    );
    if (this.#cache && this.#rows.length > 0) this.#cache.join!(cache);
    else {
      this.#cache?.close();
      this.#cache = cache;
    }
    this.#rows = [...this.#rows, ...ordered.map((i) => fresh[i]!)];
  }

  async #step(): Promise<void> {
    const ids = this.#rows.map(({ tokens }) => tokens.at(-1)!.token);
    const positions = this.#rows.map((row) => row.position++);
    const predictions = await this.#forward.step(ids, positions, this.#cache!);
    await this.#keep(this.#draw(this.#rows, predictions, (i) => i));
  }

  /** Draws a token for each row and gives back the places of the rows that go on. */
  #draw(rows: readonly Row[], { logits, logSums }: Predictions, rowOf: (i: number) => number): number[] {
    const { contextLength, vocabularySize } = this.#forward.config.text;
    const going: number[] = [];
    rows.forEach((row, i) => {
      const { generation } = row.task;
      const start = rowOf(i) * vocabularySize;
      const own = logits.subarray(start, start + vocabularySize);
      const token = sampleToken(own, generation, row.random, generation.alternatives, logSums[rowOf(i)]);
      row.tokens.push(token);
      const stops = generation.ends?.(row.sample, token.token) || generation.endTokens.includes(token.token);
      const written = row.tokens.length;
      const isFull =
        written >= generation.maxTokens || generation.prompt.ids.length + written >= contextLength;
      const finish = stops ? "stop" : isFull ? "length" : undefined;
      if (!tell(row.task, row.sample, token, finish)) return;
      if (finish) end(row.task, row.sample, { tokens: row.tokens, finish });
      else going.push(i);
    });
    return going;
  }

  async #dropCancelled(): Promise<void> {
    this.#waiting = this.#waiting.filter((task) => {
      if (!task.isCancelled?.()) return true;
      task.generation.seeds.forEach((_, sample) => end(task, sample, { tokens: [], finish: "cancelled" }));
      return false;
    });
    const going = [...this.#rows.keys()].filter((i) => !this.#rows[i]!.task.isCancelled?.());
    const dropped = this.#rows.filter((_, i) => !going.includes(i));
    for (const { task, sample, tokens } of dropped) end(task, sample, { tokens, finish: "cancelled" });
    await this.#keep(going);
  }

  async #keep(going: readonly number[]): Promise<void> {
    if (going.length === this.#rows.length) return;
    const order = await keepRows(this.#cache!, going);
    this.#rows = order.map((i) => this.#rows[i]!);
  }
}

/** Whether the listener took it; the error of one is none of the others'. */
function tell(task: Task, sample: number, token: Sampled, finish: FinishReason | undefined): boolean {
  try {
    task.onToken?.(sample, token, finish);
    return true;
  } catch (error) {
    task.reject(error);
    return false;
  }
}

function end(task: Task, sample: number, written: Written): void {
  task.written[sample] = written;
  if (task.written.every((one) => one !== undefined)) task.resolve(task.written);
}

/** Nothing is moved when all rows stay where they are. Gives back the order of the rows. */
async function keepRows(cache: Cache, rows: readonly number[]): Promise<readonly number[]> {
  if (rows.length === cache.rows && rows.every((row, place) => row === place)) return rows;
  return cache.keep(rows);
}

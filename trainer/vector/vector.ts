/** @file Many envs over worker threads: checks what the caller gives, sends it to the workers, gathers what they say. */
import { availableParallelism } from "node:os";
import { deserialize } from "node:v8";
import { TouchlineError, unknownName } from "../../env/error.ts";
import { type Action, type FootballEnv, makeEnv, type Scenario } from "../../env/football/index.ts";
import type { Space } from "../../env/space.ts";
import { type Batch, copyBatch, openBatch } from "./batch.ts";
import { type Link, openLink } from "./link.ts";
import { type Command, makeMemory, type Memory, type Reply, type ShardPlan } from "./shard.ts";
import {
  AUTORESET_MODES,
  type AutoresetMode,
  type VectorEnv,
  type VectorInfo,
  type VectorMethod,
  type VectorOptions,
  type VectorReset,
  type VectorResetOptions,
  type VectorStep,
} from "./types.ts";

const MOST_ENVS = 4096;
const MOST_WORKERS = 64;

/**
 * `numEnvs` envs of one scenario, or of several in turn; their spaces must be the same.
 * @throws TouchlineError `vector/num-envs`, `vector/workers`, `vector/autoreset`, `vector/spaces`, and what
 * `makeEnv` throws.
 */
export async function makeVectorEnv(
  scenarios: Scenario | readonly Scenario[],
  {
    numEnvs,
    workers,
    autoreset = "next-step",
    vary,
    copy,
    timeoutSeconds = 60,
    ...options
  }: VectorOptions = {},
): Promise<VectorEnv> {
  const list = Array.isArray(scenarios) ? (scenarios as readonly Scenario[]) : [scenarios as Scenario];
  const count = inRange("num-envs", "numEnvs", numEnvs ?? list.length, MOST_ENVS);
  const threads = inRange(
    "workers",
    "workers",
    workers ?? Math.min(availableParallelism(), MOST_WORKERS),
    MOST_WORKERS,
  );
  if (!AUTORESET_MODES.includes(autoreset)) {
    throw new TouchlineError("vector/autoreset", unknownName("autoreset mode", autoreset, AUTORESET_MODES));
  }
  const spaces = await spacesOf(list, options);
  const memory = makeMemory(spaces.observation, count);
  const sizes = split(count, Math.min(threads, count));
  let first = 0;
  const plans = sizes.map((size): ShardPlan => {
    const start = first;
    first += size;
    const own = Array.from({ length: size }, (_, i) => list[(start + i) % list.length]!);
    const common = { options, autoreset, numEnvs: count, observationSpace: spaces.observation, memory };
    return { ...common, scenarios: own, first: start };
  });
  const links = await Promise.all(plans.map((plan) => openLink(plan, timeoutSeconds)));
  return new Vector(spaces, memory, sizes, links, autoreset, vary ?? false, copy ?? false);
}

interface Spaces {
  observation: Space;
  action: Space;
}

/** The spaces that all the scenarios must share. */
async function spacesOf(scenarios: readonly Scenario[], options: VectorOptions): Promise<Spaces> {
  let found: Spaces | undefined;
  for (const scenario of new Set(scenarios)) {
    const env = await makeEnv(scenario, options);
    const spaces = { observation: env.observationSpace, action: env.actionSpace };
    env.close();
    found ??= spaces;
    if (JSON.stringify(spaces) !== JSON.stringify(found)) {
      throw new TouchlineError(
        "vector/spaces",
        `Scenario "${scenario.id}" has other spaces than "${scenarios[0]!.id}"; a batch needs envs with the same ` +
          "number of players, under the same control where it counts.",
      );
    }
  }
  return found!;
}

class Vector implements VectorEnv {
  readonly numEnvs: number;
  readonly singleObservationSpace: Space;
  readonly singleActionSpace: Space;
  readonly metadata: { readonly autoreset_mode: AutoresetMode };

  readonly #batch: Batch;
  readonly #rewards: Float64Array;
  readonly #ends: Uint8Array;
  readonly #sizes: readonly number[];
  readonly #links: readonly Link[];
  readonly #vary: boolean;
  readonly #copy: boolean;
  #state: "new" | "ready" | "stepping" | "closed" = "new";

  constructor(
    spaces: Spaces,
    memory: Memory,
    sizes: readonly number[],
    links: readonly Link[],
    autoreset: AutoresetMode,
    vary: boolean,
    copy: boolean,
  ) {
    this.numEnvs = sizes.reduce((total, size) => total + size, 0);
    this.singleObservationSpace = spaces.observation;
    this.singleActionSpace = spaces.action;
    this.metadata = { autoreset_mode: autoreset };
    this.#batch = openBatch(spaces.observation, this.numEnvs, memory.observations);
    this.#rewards = new Float64Array(memory.rewards);
    this.#ends = new Uint8Array(memory.ends);
    this.#sizes = sizes;
    this.#links = links;
    this.#vary = vary;
    this.#copy = copy;
  }

  reset({ seed, vary = this.#vary, resetMask }: VectorResetOptions = {}): VectorReset {
    this.#expect("new", "ready");
    const seeds =
      typeof seed === "object"
        ? this.#listOf(seed, "seed")
        : Array.from({ length: this.numEnvs }, (_, i) => (seed === undefined ? undefined : seed + i));
    const mask = resetMask && this.#listOf(resetMask, "mask").map(Boolean);
    if (mask && this.#state === "new") {
      throw new TouchlineError("env/not-reset", "A mask resets some of the envs; reset all of them first.");
    }
    // Until every env has a new episode, a step would go on from halves.
    this.#state = "new";
    this.#send((from, to) => ({
      kind: "reset",
      seeds: seeds.slice(from, to),
      vary,
      mask: mask?.slice(from, to) ?? null,
    }));
    const infos = this.#infos();
    this.#state = "ready";
    return withInfos({ observations: this.#observations() }, infos);
  }

  step(actions: ArrayLike<Action | readonly Action[]>): VectorStep {
    this.stepAsync(actions);
    return this.stepWait();
  }

  stepAsync(actions: ArrayLike<Action | readonly Action[]>): void {
    this.#expect("ready");
    const list = this.#listOf(actions, "actions");
    const over = this.metadata.autoreset_mode === "disabled" ? this.#ends.indexOf(1) % this.numEnvs : -1;
    if (over >= 0) {
      throw new TouchlineError(
        "env/episode-over",
        `Env ${over}: the episode is over; reset it with reset({ resetMask }) before the next step.`,
      );
    }
    this.#state = "stepping";
    const vary = this.#vary;
    this.#send((from, to) => ({ kind: "step", actions: list.slice(from, to), vary }));
  }

  stepWait(): VectorStep {
    this.#expect("stepping");
    this.#state = "new";
    const infos = this.#infos();
    this.#state = "ready";
    const { numEnvs } = this;
    const results = {
      observations: this.#observations(),
      rewards: this.#rewards.slice(),
      terminations: this.#ends.slice(0, numEnvs),
      truncations: this.#ends.slice(numEnvs),
    };
    return withInfos(results, infos);
  }

  call<M extends VectorMethod>(method: M, ...args: Parameters<FootballEnv[M]>): ReturnType<FootballEnv[M]>[] {
    this.#expect("ready");
    this.#send(() => ({ kind: "call", method, args }));
    return this.#receive().flatMap((reply) =>
      reply.kind === "results" ? (reply.results as ReturnType<FootballEnv[M]>[]) : [],
    );
  }

  close(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    for (const link of this.#links) link.close();
  }

  #observations(): VectorReset["observations"] {
    this.#batch.refresh();
    return this.#copy ? copyBatch(this.#batch.views) : this.#batch.views;
  }

  #send(command: (from: number, to: number) => Command): void {
    let from = 0;
    this.#links.forEach((link, i) => {
      const to = from + this.#sizes[i]!;
      link.send(command(from, to));
      from = to;
    });
  }

  /** Of every worker, also after the error of one, so that none has an answer left for the next command. */
  #receive(): Reply[] {
    const replies = this.#links.map((link) => link.receive());
    const failed = replies.find((reply) => reply.kind === "error");
    if (failed) throw new TouchlineError(failed.code, failed.message);
    return replies;
  }

  #infos(): Uint8Array[] {
    return this.#receive().flatMap((reply) => (reply.kind === "infos" ? [reply.infos] : []));
  }

  #listOf<T>(values: ArrayLike<T>, what: "seed" | "mask" | "actions"): T[] {
    if (values.length === this.numEnvs) return Array.from(values);
    throw new TouchlineError(
      `vector/${what}`,
      `The ${what} list has ${values.length} places; expected ${this.numEnvs}, one for each env.`,
    );
  }

  #expect(...states: readonly string[]): void {
    const state = this.#state;
    if (states.includes(state)) return;
    if (state === "closed")
      throw new TouchlineError("env/closed", "The vector env is closed; make a new one.");
    if (state === "new") {
      throw new TouchlineError(
        "env/not-reset",
        "The vector env has no episodes to go on with; call reset first.",
      );
    }
    throw state === "stepping"
      ? new TouchlineError("vector/stepping", "A step is on its way; call stepWait first.")
      : new TouchlineError("vector/not-stepping", "No step is on its way; call stepAsync first.");
  }
}

/** Infos are unpacked when somebody reads them, and once. */
function withInfos<T extends object>(
  results: T,
  packed: readonly Uint8Array[],
): T & { readonly infos: VectorInfo[] } {
  let infos: VectorInfo[] | undefined;
  return Object.defineProperty(results, "infos", {
    enumerable: true,
    get: () => (infos ??= packed.flatMap((shard) => deserialize(shard) as VectorInfo[])),
  }) as T & { readonly infos: VectorInfo[] };
}

function inRange(code: string, name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new TouchlineError(`vector/${code}`, `${name} is ${value}; expected an integer from 1 to ${most}.`);
}

/** `count` in `parts` parts as equal as can be. */
function split(count: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, i) => Math.floor((count + parts - 1 - i) / parts));
}

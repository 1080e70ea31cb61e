/** @file The envs of one worker, reset and stepped one after the other. Knows nothing of threads. */
import { serialize } from "node:v8";
import { TouchlineError } from "../../env/error.ts";
import {
  type Action,
  type FootballEnv,
  type FootballOptions,
  makeEnv,
  type Scenario,
} from "../../env/football/index.ts";
import type { Space } from "../../env/space.ts";
import { type Batch, batchBytes, openBatch, type Row } from "./batch.ts";
import type { AutoresetMode, VectorInfo, VectorMethod } from "./types.ts";

/** The memory that all threads share: of all envs, not only those of one worker. */
export interface Memory {
  observations: SharedArrayBuffer;
  rewards: SharedArrayBuffer;
  /** Terminations, then truncations, a byte each. */
  ends: SharedArrayBuffer;
}

export interface ShardPlan {
  /** One for each env of the shard. */
  scenarios: readonly Scenario[];
  options: FootballOptions;
  autoreset: AutoresetMode;
  /** Place of the first env in the whole. */
  first: number;
  numEnvs: number;
  observationSpace: Space;
  memory: Memory;
}

export type Command =
  | { kind: "reset"; seeds: readonly (number | undefined)[]; vary: boolean; mask: readonly boolean[] | null }
  | { kind: "step"; actions: readonly (Action | readonly Action[])[]; vary: boolean }
  | { kind: "call"; method: VectorMethod; args: readonly unknown[] };

/** Infos come packed in one piece, which costs the caller nothing until he looks: most training loops look at few. */
export type Reply =
  | { kind: "infos"; infos: Uint8Array<ArrayBuffer> }
  | { kind: "results"; results: unknown[] }
  | { kind: "error"; code: string; message: string };

export function makeMemory(space: Space, numEnvs: number): Memory {
  return {
    observations: new SharedArrayBuffer(batchBytes(space, numEnvs)),
    rewards: new SharedArrayBuffer(numEnvs * 8),
    ends: new SharedArrayBuffer(numEnvs * 2),
  };
}

/**
 * Where an env paints straight into the shared memory. Not with `same-step`, where the last frame of an episode goes
 * out beside the first of the next.
 */
function frameBuffersOf(row: Row, { options, autoreset }: ShardPlan): Uint8Array[] | undefined {
  const { observation = "none" } = options;
  if (autoreset === "same-step" || !Array.isArray(row)) return undefined;
  if (observation === "frame") return row as Uint8Array[];
  if (!Array.isArray(observation) || !observation.includes("frame")) return undefined;
  return row.map(
    (place) => (ArrayBuffer.isView(place) ? place : (place as { frame: Row }).frame) as Uint8Array,
  );
}

export class Shard {
  readonly #plan: ShardPlan;
  readonly #envs: readonly FootballEnv[];
  readonly #batch: Batch;
  readonly #rewards: Float64Array;
  readonly #ends: Uint8Array;
  readonly #infos: VectorInfo[] = [];

  static async make(plan: ShardPlan): Promise<Shard> {
    const batch = openBatch(plan.observationSpace, plan.numEnvs, plan.memory.observations);
    const envs: FootballEnv[] = [];
    for (const scenario of plan.scenarios) {
      const frameBuffers = frameBuffersOf(batch.row(plan.first + envs.length), plan);
      envs.push(await makeEnv(scenario, { ...plan.options, ...(frameBuffers && { frameBuffers }) }));
    }
    return new Shard(plan, envs, batch);
  }

  private constructor(plan: ShardPlan, envs: readonly FootballEnv[], batch: Batch) {
    this.#plan = plan;
    this.#envs = envs;
    this.#batch = batch;
    this.#rewards = new Float64Array(plan.memory.rewards);
    this.#ends = new Uint8Array(plan.memory.ends);
  }

  /** Never throws: what an env throws becomes a reply that names it. */
  answer(command: Command): Reply {
    let place = 0;
    try {
      if (command.kind === "call") {
        const results = this.#envs.map((env, i) => {
          place = i;
          return (env[command.method] as (...args: readonly unknown[]) => unknown)(...command.args);
        });
        return { kind: "results", results };
      }
      for (; place < this.#envs.length; place++) {
        if (command.kind === "step") this.#step(place, command.actions[place]!, command.vary);
        else if (command.mask?.[place] ?? true) this.#reset(place, command.seeds[place], command.vary);
      }
      return { kind: "infos", infos: serialize(this.#infos) };
    } catch (error) {
      const code = error instanceof TouchlineError ? error.code : "vector/env";
      const message = error instanceof Error ? error.message : String(error);
      return { kind: "error", code, message: `Env ${this.#plan.first + place}: ${message}` };
    }
  }

  #reset(place: number, seed: number | undefined, vary: boolean): void {
    const { observation, info } = this.#envs[place]!.reset(seed === undefined ? { vary } : { seed, vary });
    this.#keep(place, observation, info, 0, false, false);
  }

  #step(place: number, action: Action | readonly Action[], vary: boolean): void {
    const { autoreset } = this.#plan;
    if (autoreset === "next-step" && this.#hasEnded(place)) return this.#reset(place, undefined, vary);
    const env = this.#envs[place]!;
    const { observation, reward, terminated, truncated, info } = env.step(action);
    if (autoreset !== "same-step" || !(terminated || truncated)) {
      return this.#keep(place, observation, info, reward, terminated, truncated);
    }
    const next = env.reset({ vary });
    const both: VectorInfo = { ...next.info, final_obs: observation, final_info: info };
    this.#keep(place, next.observation, both, reward, terminated, truncated);
  }

  #hasEnded(place: number): boolean {
    const row = this.#plan.first + place;
    return this.#ends[row] === 1 || this.#ends[this.#plan.numEnvs + row] === 1;
  }

  #keep(
    place: number,
    observation: unknown,
    info: VectorInfo,
    reward: number,
    terminated: boolean,
    truncated: boolean,
  ): void {
    const row = this.#plan.first + place;
    if (observation !== null) this.#batch.write(row, observation);
    this.#rewards[row] = reward;
    this.#ends[row] = Number(terminated);
    this.#ends[this.#plan.numEnvs + row] = Number(truncated);
    this.#infos[place] = info;
  }
}

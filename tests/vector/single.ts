/** @file What a vector env must equal: single envs, one after the other on this thread, by Gymnasium's rules. */
import { type FootballEnv, type FootballOptions, makeEnv, type Scenario } from "../../env/football/index.ts";
import type { AutoresetMode, VectorInfo } from "../../trainer/vector/index.ts";

export interface Row {
  observation: unknown;
  reward: number;
  terminated: boolean;
  truncated: boolean;
  info: VectorInfo;
  hash: string;
}

export class Singles {
  readonly envs: readonly FootballEnv[];
  readonly #mode: AutoresetMode;
  readonly #vary: boolean;
  readonly #over: boolean[];

  static async make(
    scenarios: readonly Scenario[],
    options: FootballOptions,
    mode: AutoresetMode,
    vary: boolean,
  ): Promise<Singles> {
    const envs = await Promise.all(scenarios.map((scenario) => makeEnv(scenario, options)));
    return new Singles(envs, mode, vary);
  }

  private constructor(envs: readonly FootballEnv[], mode: AutoresetMode, vary: boolean) {
    this.envs = envs;
    this.#mode = mode;
    this.#vary = vary;
    this.#over = envs.map(() => false);
  }

  reset(place: number, seed?: number): Row {
    const env = this.envs[place]!;
    const vary = this.#vary;
    const { observation, info } = env.reset(seed === undefined ? { vary } : { seed, vary });
    this.#over[place] = false;
    return { observation, reward: 0, terminated: false, truncated: false, info, hash: env.stateHash() };
  }

  step(place: number, action: number | readonly number[]): Row {
    if (this.#mode === "next-step" && this.#over[place]) return this.reset(place);
    const env = this.envs[place]!;
    const { info, observation, ...result } = env.step(action);
    const over = result.terminated || result.truncated;
    this.#over[place] = over;
    if (!over || this.#mode !== "same-step") return { ...result, observation, info, hash: env.stateHash() };
    const next = this.reset(place);
    return { ...next, ...result, info: { ...next.info, final_obs: observation, final_info: info } };
  }

  close(): void {
    for (const env of this.envs) env.close();
  }
}

/** The numbers and texts of an observation in one list, whatever holds them. */
export function flat(value: unknown): (number | string)[] {
  if (typeof value === "number" || typeof value === "string") return [value];
  if (typeof value === "boolean") return [Number(value)];
  if (value === null) return [];
  if (ArrayBuffer.isView(value)) return listOf(value as Uint8Array);
  if (Array.isArray(value)) return value.flatMap(flat);
  if ("data" in (value as object)) return flat((value as { data: unknown }).data);
  return Object.values(value as object).flatMap(flat);
}

/** The same of one row of a batch. */
export function flatRow(batch: unknown, row: number, rows: number): (number | string)[] {
  if (ArrayBuffer.isView(batch)) {
    const array = batch as Uint8Array;
    const width = array.length / rows;
    return listOf(array.subarray(row * width, (row + 1) * width));
  }
  const parts: unknown[] = Object.values(batch as object);
  const first = parts[row];
  return typeof first === "string" ? [first] : parts.flatMap((part) => flatRow(part, row, rows));
}

/** Pictures and maps as one text, for lists of so many numbers are slow to compare. */
function listOf(array: Uint8Array): (number | string)[] {
  return array.length > 1000 ? [Buffer.from(array).toString("latin1")] : [...array];
}

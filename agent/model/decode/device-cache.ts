/**
 * @file Keys and values in the memory of the device: the graph joins what is new to what there is, and nothing of it
 * comes to the host. All rows grow by the same columns; the mask says which of them a row fills.
 */
import { type Feeds, float32, GraphBuilder, int64, Session, type Tensor } from "../../graph/index.ts";
import { gather } from "../../graph/ops/index.ts";
import type { TextConfig } from "../folder/index.ts";
import { type Cache, cacheNames, range } from "./cache.ts";

/** A graph that picks rows of one cache on the device. */
export function openRowPicker({ keyValueHeads, headSize }: TextConfig): Promise<Session> {
  const g = new GraphBuilder("rows");
  const all = g.input("all", "float32", ["rows", keyValueHeads, "columns", headSize]);
  g.output("picked", gather(g, all, g.input("which", "int64", ["picked"])));
  return Session.open(g.build(), { device: "webgpu", onDevice: ["picked"] });
}

export class DeviceCache implements Cache {
  readonly #names: readonly { input: string; output: string }[];
  readonly #picker: Session;
  #rows: number;
  /** By input name. */
  #tensors: Record<string, Tensor>;
  /** One list of 0 and 1 for each row. */
  #mask: number[][];

  constructor(config: TextConfig, rows: number, picker: Session) {
    const { keyValueHeads, headSize } = config;
    this.#names = cacheNames(config);
    this.#picker = picker;
    this.#rows = rows;
    // WebGPU has no buffers of length 0, so there is one column from the beginning, which nobody looks at.
    const size = rows * keyValueHeads * headSize;
    const empty = (): Tensor => float32(new Float32Array(size), [rows, keyValueHeads, 1, headSize]);
    this.#tensors = Object.fromEntries(this.#names.map(({ input }) => [input, empty()]));
    this.#mask = range(rows).map(() => [0]);
  }

  get rows(): number {
    return this.#rows;
  }

  feeds(): Record<string, Tensor> {
    return {
      cache_mask: int64(this.#mask.flat(), [this.#rows, this.#mask[0]?.length ?? 0]),
      ...this.#tensors,
    };
  }

  append(outputs: Feeds, lengths: readonly number[]): Promise<void> {
    this.#replace(this.#names.map(({ output }) => outputs[output]!));
    const added = Math.max(...lengths);
    this.#mask.forEach((row, i) => row.push(...range(added).map((column) => Number(column < lengths[i]!))));
    return Promise.resolve();
  }

  async keep(rows: readonly number[]): Promise<readonly number[]> {
    if (rows.length === 0) {
      this.close();
      return rows;
    }
    const picked: Tensor[] = [];
    for (const { input } of this.#names) {
      const outputs = await this.#picker.run({ all: this.#tensors[input]!, which: int64(rows) });
      picked.push(outputs["picked"]!);
    }
    this.#replace(picked);
    this.#mask = rows.map((row) => [...this.#mask[row]!]);
    this.#rows = rows.length;
    return rows;
  }

  close(): void {
    this.#replace([]);
    this.#mask = [];
    this.#rows = 0;
  }

  #replace(tensors: readonly Tensor[]): void {
    for (const old of Object.values(this.#tensors)) if (old.location === "gpu-buffer") old.dispose();
    this.#tensors = Object.fromEntries(tensors.map((tensor, i) => [this.#names[i]!.input, tensor]));
  }
}

/** @file The tensors that change while a model is trained, by name, where the device keeps them. */
import {
  type Device,
  type Feeds,
  float32,
  GraphBuilder,
  Session,
  type SessionOptions,
  sizeOf,
  Tensor,
} from "../../agent/graph/index.ts";
import { newName } from "./graph.ts";

export class StateTensors {
  readonly #device: Device;
  readonly #tensors = new Map<string, Tensor>();

  constructor(device: Device) {
    this.#device = device;
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  set(name: string, shape: readonly number[], values: Float32Array = new Float32Array(sizeOf(shape))): void {
    this.#tensors.get(name)?.dispose();
    this.#tensors.set(name, float32(values, shape));
  }

  /** A session whose outputs `new.NAME` take the place of the tensors of these names. */
  open(graph: Parameters<typeof Session.open>[0], options: SessionOptions): Promise<Session> {
    const outputs = graph.outputs.map(({ name }) => name).filter((name) => name.startsWith(newName("")));
    return Session.open(graph, { ...options, device: this.#device, onDevice: outputs, integersOnHost: true });
  }

  /** Runs a graph on the tensors of these names and what else it needs, and keeps what has changed. */
  async run(
    session: Session,
    names: readonly string[],
    changing: readonly string[],
    feeds: Feeds,
  ): Promise<Feeds> {
    const own = Object.fromEntries(names.map((name) => [name, this.#tensors.get(name)!]));
    if (this.#device !== "webgpu") {
      // Written over where they lie; no node reads an old value once the first new one can be known (adamW).
      const into = Object.fromEntries(changing.map((name) => [newName(name), this.#tensors.get(name)!]));
      return session.run({ ...feeds, ...own }, into);
    }
    const outputs = await session.run({ ...feeds, ...own });
    for (const name of changing) {
      this.#tensors.get(name)!.dispose();
      this.#tensors.set(name, outputs[newName(name)]!);
    }
    return outputs;
  }

  /** The values of some, on the host. They change with the next run. */
  async values(names: readonly string[]): Promise<Map<string, Float32Array>> {
    const away = names.filter((name) => this.#tensors.get(name)!.location !== "cpu");
    const fetched = away.length === 0 ? {} : await this.#fetch(away);
    return new Map(
      names.map((name) => [name, (fetched[name] ?? this.#tensors.get(name)!).data as Float32Array]),
    );
  }

  /** onnxruntime-node 1.30 ends the process when a tensor of a device is read directly; a graph may. */
  async #fetch(names: readonly string[]): Promise<Record<string, Tensor>> {
    const g = new GraphBuilder("fetch");
    for (const name of names) {
      g.output(newName(name), g.input(name, "float32", this.#tensors.get(name)!.dims));
    }
    const session = await Session.open(g.build(), { device: this.#device });
    const outputs = await session.run(
      Object.fromEntries(names.map((name) => [name, this.#tensors.get(name)!])),
    );
    await session.close();
    return Object.fromEntries(names.map((name) => [name, outputs[newName(name)]!]));
  }

  close(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
  }
}

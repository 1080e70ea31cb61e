/**
 * @file A graph on a device. `run` of onnxruntime-node 1.30 works on the thread that calls it and blocks it, so whoever
 * has an event loop to keep alive opens sessions in a worker thread.
 */
import { env, InferenceSession, Tensor } from "onnxruntime-node";
import { TouchlineError } from "../../env/error.ts";
import { encodeModel } from "./encode.ts";
import type { Graph } from "./graph.ts";
import { splitGraph } from "./split.ts";
import type { Value } from "./value.ts";

// Errors come back as exceptions; nothing of a library belongs on standard error.
env.logLevel = "fatal";

export const DEVICES = ["cpu", "webgpu", "cuda"] as const;
export type Device = (typeof DEVICES)[number];

export type Feeds = Readonly<Record<string, Tensor>>;

export interface SessionOptions {
  device?: Device;
  /** Folder of the files that hold initializers. */
  directory?: string;
  /** Threads that one operator may use; 0: as many as there are cores. */
  threads?: number;
  /**
   * Work out what depends on nothing but initializers once, when the session opens. Without, weights stay in memory as
   * they are stored and are converted in every run.
   */
  foldConstants?: boolean;
  /** Lengths differ from run to run: no plan of the memory is kept for each. */
  lengthsVary?: boolean;
  /** Optimisations of onnxruntime that are left out, by their names there. */
  without?: readonly string[];
  /** Outputs that stay on the device, where it has memory of its own. */
  onDevice?: readonly string[];
  /** Work out on the CPU what follows from the integers of the inputs alone; other devices hardly know integers. */
  integersOnHost?: boolean;
  /** Do not open when a node would have to be left to the CPU. */
  wholeOnDevice?: boolean;
}

/** One graph, ready to run. It holds the device's memory until `close`. */
export class Session {
  /** How long `run` has taken in all, for benches. */
  seconds = 0;
  readonly #session: InferenceSession;
  readonly #inputs: readonly Value[];
  readonly #outputs: readonly Value[];
  /** Runs first; its outputs are inputs of the other. */
  readonly #host: Session | undefined;

  /** @throws TouchlineError `graph/device` when the device cannot be used, `graph/session` for anything else. */
  static async open(graph: Graph, options: SessionOptions = {}): Promise<Session> {
    const { device = "cpu", directory, threads = 0, foldConstants = true, onDevice = [] } = options;
    const { lengthsVary = false, without = [], wholeOnDevice = false } = options;
    const split = options.integersOnHost && device !== "cpu" ? splitGraph(graph) : undefined;
    const session = {
      // Threads that spin while they wait take the cores from each other as soon as anything else runs.
      intra_op: { allow_spinning: "0" },
      ...(directory && { model_external_initializers_file_folder_path: directory }),
      ...(wholeOnDevice && { disable_cpu_ep_fallback: "1" }),
    };
    const disabled = [...without, ...(foldConstants ? [] : FOLDING)];
    const optimization = disabled.length > 0 && { disable_specified_optimizers: disabled.join(";") };
    try {
      const opened = await InferenceSession.create(encodeModel(split?.device ?? graph), {
        executionProviders: [device],
        intraOpNumThreads: threads,
        graphOptimizationLevel: "all",
        // Both keep room for whatever was alive at once: in the end for every weight converted, as if folded. Without
        // the arena, what training lets go of in changing sizes leaves holes that nothing fits into.
        enableCpuMemArena: foldConstants || lengthsVary,
        enableMemPattern: foldConstants && !lengthsVary,
        logSeverityLevel: 4,
        ...(device === "webgpu" && {
          preferredOutputLocation: Object.fromEntries(
            graph.outputs.map(({ name }) => [name, onDevice.includes(name) ? "gpu-buffer" : "cpu"]),
          ),
        }),
        extra: { session, ...(optimization && { optimization }) },
      });
      const host = split && (await Session.open(split.host, { threads, lengthsVary }));
      return new Session(opened, graph, host);
    } catch (error) {
      throw openingError(error, graph, device);
    }
  }

  private constructor(session: InferenceSession, { inputs, outputs }: Graph, host?: Session) {
    this.#session = session;
    this.#inputs = inputs;
    this.#outputs = outputs;
    this.#host = host;
  }

  /**
   * `into`: outputs that are written where these tensors lie, on the CPU. One of them may be an input as well; the
   * graph must then have read it before it is written.
   * @throws TouchlineError `graph/feeds` when an input is missing or of another type or shape, `graph/device` when the
   * device has no numbers of 16 bits and the graph needs them, `graph/run`.
   */
  async run(feeds: Feeds, into?: Feeds): Promise<Record<string, Tensor>> {
    for (const input of this.#inputs) checkFeed(input, feeds[input.name]);
    const start = performance.now();
    try {
      const given = this.#host ? { ...feeds, ...(await this.#host.run(feeds)) } : feeds;
      if (into === undefined) return await this.#session.run(given);
      const fetches = Object.fromEntries(this.#outputs.map(({ name }) => [name, into[name] ?? null]));
      return await this.#session.run(given, fetches);
    } catch (error) {
      throw runningError(error);
    } finally {
      this.seconds += (performance.now() - start) / 1000;
    }
  }

  async close(): Promise<void> {
    await this.#host?.close();
    await this.#session.release();
  }
}

export function float32(data: Float32Array, shape: readonly number[]): Tensor {
  return new Tensor("float32", data, shape);
}

export function int64(values: ArrayLike<number>, shape: readonly number[] = [values.length]): Tensor {
  const data = new BigInt64Array(values.length);
  // In halves, the lower one first: a BigInt for each number would be garbage at once.
  const halves = new Int32Array(data.buffer);
  for (let i = 0; i < values.length; i++) {
    halves[2 * i] = values[i]!;
    halves[2 * i + 1] = Math.floor(values[i]! / 2 ** 32);
  }
  return new Tensor("int64", data, shape);
}

function checkFeed({ name, type, shape }: Value, feed: Tensor | undefined): void {
  const fits =
    feed?.type === type &&
    feed.dims.length === shape.length &&
    shape.every((length, axis) => typeof length === "string" || length === feed.dims[axis]);
  if (fits) return;
  const got = feed ? `${feed.type} [${feed.dims.join(", ")}]` : "nothing";
  throw new TouchlineError(
    "graph/feeds",
    `Input "${name}" got ${got}; expected ${type} [${shape.join(", ")}].`,
  );
}

function openingError(error: unknown, graph: Graph, device: Device): TouchlineError {
  const line = firstLine(error);
  if (device !== "cpu" && DEVICE_TROUBLE.test(line)) {
    return new TouchlineError(
      "graph/device",
      `The device ${device} cannot be used: ${line} Run "touchline doctor" to see what this machine offers.`,
      { cause: error },
    );
  }
  return new TouchlineError("graph/session", `The graph "${graph.name}" could not be opened: ${line}`, {
    cause: error,
  });
}

function runningError(error: unknown): TouchlineError {
  const line = firstLine(error);
  if (/requires f16/.test(line)) {
    return new TouchlineError(
      "graph/device",
      "The device has no numbers of 16 bits (shader-f16), which the graph needs; keep weights in int4 or float32.",
      { cause: error },
    );
  }
  if (/\bdevice\b.*\b(?:lost|destroyed)\b/i.test(line)) {
    return new TouchlineError(
      "graph/device-lost",
      `The device was lost while it worked: ${line} What it held is gone; go on from what was saved.`,
      { cause: error },
    );
  }
  return new TouchlineError("graph/run", `The graph failed while it ran: ${line}`, { cause: error });
}

/** Passes that work out at the start what 16-bit weights are in float32. */
const FOLDING = ["ConstantFolding", "FuseFp16InitializerToFp32NodeTransformer"];

const DEVICE_TROUBLE = /adapter|provider|backend|cuda|cudnn|cublas|\.so|device/i;

/** onnxruntime puts its source file and function before what it has to say. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split("\n")[0]!.trim();
  return line.replace(/^(?:Error: )?\/\S+:\d+ .*?(?:<lambda\(\)>|\)) ?/, "") || line;
}

export { Tensor };

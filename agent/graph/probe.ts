/** @file Whether a device works here: a graph of one node, opened and run on it. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { GraphBuilder } from "./builder.ts";
import { add } from "./ops/index.ts";
import { type Device, float32, Session } from "./session.ts";

/** Whether a device can be used, and when it cannot, why and what helps. */
export interface Availability {
  ok: boolean;
  /** One sentence without its full stop. */
  reason?: string;
}

/**
 * Runs a graph on the device. The libraries behind webgpu and cuda print on standard error and may end the process, so
 * whoever must not be ended probes in a process of its own, as `touchline doctor` does.
 */
export async function probeDevice(device: Device): Promise<Availability> {
  const g = new GraphBuilder("probe");
  const x = g.input("x", "float32", [1]);
  g.output("y", add(g, x, x));
  try {
    const session = await Session.open(g.build(), { device });
    const { y } = await session.run({ x: float32(Float32Array.of(21), [1]) });
    await session.close();
    const value = y?.data[0];
    if (value === 42) return { ok: true };
    return { ok: false, reason: `it opens, but 21 + 21 makes ${String(value)} on it` };
  } catch (error) {
    if (!(error instanceof TouchlineError)) throw error;
    return { ok: false, reason: reasonOf(device, error) };
  }
}

function reasonOf(device: Device, error: TouchlineError): string {
  const known = device === "webgpu" ? withoutVulkan(error) : device === "cuda" ? withoutCuda() : undefined;
  return known ?? error.message.replace(/ Run "touchline doctor".*$/, "").replace(/\.$/, "");
}

function withoutVulkan({ message }: TouchlineError): string | undefined {
  if (process.platform === "linux" && !canLoad("libvulkan.so.1")) {
    return "no Vulkan loader (libvulkan.so.1); on Debian: apt-get install libvulkan1";
  }
  if (!message.includes("adapter")) return undefined;
  return (
    "no GPU adapter found; install the Vulkan driver of your GPU (on Debian: apt-get install mesa-vulkan-drivers), " +
    "or name the .json file of a software driver in VK_ICD_FILENAMES"
  );
}

function withoutCuda(): string | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return "onnxruntime-node has CUDA on Linux x64 only";
  }
  const main = createRequire(import.meta.url).resolve("onnxruntime-node");
  const provider = join(dirname(main), "../bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so");
  if (!existsSync(provider)) {
    return (
      "onnxruntime-node is installed without its CUDA provider, which is not on npm; for CUDA 12 with cuDNN 9: " +
      "ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node, which fetches it from nuget.org"
    );
  }
  if (!canLoad("libcuda.so.1")) return "no NVIDIA driver (libcuda.so.1)";
  const cause = loadError(provider);
  return cause === undefined ? undefined : `the CUDA provider cannot be loaded: ${cause}`;
}

function canLoad(library: string): boolean {
  return loadError(library) === undefined;
}

/** What the system's loader says; Node then misses an addon in a library that it has loaded. */
function loadError(library: string): string | undefined {
  try {
    process.dlopen({ exports: {} }, library);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!message.includes("did not self-register")) return message.split("\n")[0];
  }
  return undefined;
}

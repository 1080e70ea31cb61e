/** @file `touchline model grad`: the gradient of every parameter, for comparison with other engines. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readChatFile } from "../agent/model/index.ts";
import type { Device } from "../agent/graph/index.ts";
import type { ModelGradients } from "../trainer/learner/index.ts";
import { requireDevice } from "./device.ts";
import { printLine, printTable } from "./output.ts";

export interface GradCommand {
  input: string;
  device: Device;
  threads: number;
  all?: boolean;
  recompute?: boolean;
  json?: boolean;
}

/** Values that are told of each gradient without `--all`, and in a row of the human table. */
const FIRST = 8;
const SHOWN = 3;

export async function grad(folder: string, options: GradCommand): Promise<void> {
  const { input, device, threads, recompute = false } = options;
  const { chats } = await readChatFile(input);
  await requireDevice(device);
  const { modelGradients } = await import("../trainer/learner/index.ts");
  const found = await modelGradients(folder, chats, { device, threads, recompute });
  if (options.json) await printDocument(found, options.all ?? false);
  else printGradients(found, options.all ?? false);
}

/** In pieces, for the whole may be longer than a string of JavaScript can be. */
async function printDocument(found: ModelGradients, all: boolean): Promise<void> {
  await pipeline(Readable.from(textOf(found, all)), process.stdout, { end: false });
}

function* textOf({ loss, learned, parameters }: ModelGradients, all: boolean): Generator<string> {
  yield `{"loss":${loss},"learned":${JSON.stringify(learned)},"parameters":{\n`;
  let place = 0;
  for (const [name, { shape, values }] of parameters) {
    const gradient = {
      shape,
      norm: normOf(values),
      first: Array.from(values.subarray(0, FIRST), nineDigits),
      ...(all && { values: Array.from(values, nineDigits) }),
    };
    yield `${place++ > 0 ? ",\n" : ""}${JSON.stringify(name)}:${JSON.stringify(gradient)}`;
  }
  yield "\n}}\n";
}

function printGradients({ loss, learned, parameters }: ModelGradients, all: boolean): void {
  printLine(`loss ${loss} over ${learned.flat().length} tokens of ${learned.length} inputs`);
  printLine();
  const rows = [...parameters].map(([name, { shape, values }]) => [
    normOf(values).toPrecision(6),
    `[${shape.join(", ")}]`,
    name,
    Array.from(all ? values : values.subarray(0, SHOWN), (value) => value.toPrecision(4)).join(" "),
  ]);
  printTable(["norm", "shape", "parameter", all ? "values" : `first ${SHOWN}`], rows);
}

function normOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/** They bring each float32 back. */
function nineDigits(value: number): number {
  return Number(value.toPrecision(9));
}

/** @file An input file and a model that answers it: what `touchline model logits` and `generate` begin with. */
import { type ChatFile, type ChatModel, openModel, readChatFile } from "../agent/model/index.ts";
import type { Device } from "../agent/graph/index.ts";
import { requireDevice } from "./device.ts";

export interface RunningCommand {
  input: string;
  device: Device;
  threads: number;
  compact?: boolean;
  json?: boolean;
}

/** Mistakes in the input, and a device that is missing, are told before a large model is opened. */
export async function askModel<T>(
  folder: string,
  { input, device, threads, compact = false }: RunningCommand,
  ask: (model: ChatModel, file: ChatFile) => Promise<T>,
): Promise<T> {
  const file = await readChatFile(input);
  await requireDevice(device);
  const model = await openModel(folder, { device, threads, compact });
  try {
    return await ask(model, file);
  } finally {
    await model.close();
  }
}

/** @file transformers on torch, in a process of its own that answers one command after the other. */
import { startReference } from "../worker.ts";

export const ATTENTIONS = ["eager", "sdpa"] as const;
export type Attention = (typeof ATTENTIONS)[number];

/** Methods of model.py's Bench: what they take and give. Times in seconds. */
interface Commands {
  open: [{ directory: string; threads: number }, { parameters: number; torch: string }];
  prompt: [{ ids: readonly number[]; pixels: string | null; grid: readonly number[] | null }, object];
  generate: [
    { attention: Attention; rows: number; tokens: number },
    { prefill: number; decode: number; ids: number[] },
  ];
  vision: [{ attention: Attention; rows: number }, { seconds: number }];
}

export class Reference {
  readonly #worker = startReference("model.py");

  ask<K extends keyof Commands>(name: K, given: Commands[K][0]): Promise<Commands[K][1]> {
    return this.#worker.ask(name, given);
  }

  close(): void {
    this.#worker.close();
  }
}

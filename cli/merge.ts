/** @file `touchline model merge`: an adapter made part of its model. */
import { mergeAdapter } from "../trainer/lora/index.ts";
import { printJson, printLine } from "./output.ts";

export interface MergeCommand {
  adapter: string;
  out: string;
  json?: boolean;
}

export function merge(base: string, { adapter, out, json }: MergeCommand): void {
  const { layers } = mergeAdapter(base, adapter, out);
  if (json) return printJson({ out, layers });
  printLine(`${out} holds the model with the adapter in ${layers} of its layers.`);
}

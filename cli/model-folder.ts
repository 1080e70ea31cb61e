/** @file `touchline model info` and `touchline model export`: model folders, without running them. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  checkWeights,
  exportModel,
  type ModelInfo,
  modelInfo,
  openWeights,
  readConfig,
} from "../agent/model/index.ts";
import { printJson, printLine, printTable } from "./output.ts";

export interface FolderCommand {
  json?: boolean;
}

interface File {
  path: string;
  bytes: number;
}

export function info(folder: string, { json }: FolderCommand): void {
  const config = readConfig(folder);
  const weights = openWeights(folder);
  checkWeights(config, weights);
  const document = { ...modelInfo(config, weights), contextLength: config.text.contextLength };
  const files = filesOf(folder);
  if (json) return printJson({ ...document, files });
  printLine(`${folder}: Qwen2.5-VL of ${count(document.parameters)} parameters`);
  printTable(["", ""], rowsOf(document));
  printLine();
  printFiles(files);
}

export function exportFolder(folder: string, { out, json }: FolderCommand & { out: string }): void {
  const { files } = exportModel(folder, out);
  if (json) return printJson({ out, files });
  printLine(`${out} holds the model; transformers.js loads it from there.`);
  printLine();
  printFiles(files);
}

function rowsOf({ config, stored, weightBytes }: ModelInfo): [string, string][] {
  const { text, vision } = config;
  const head = text.tied ? "head tied to the embedding" : "head of its own";
  const limited = text.slidingLayers.filter(Boolean).length;
  const groups = `${text.heads} heads of ${text.headSize} on ${text.keyValueHeads} of keys and values`;
  const seen = `${vision.patchSize} x ${vision.patchSize} pixels, merged ${vision.mergeSize} x ${vision.mergeSize}`;
  return [
    ["stored", `${Object.entries(stored).map(typeText).join(", ")}; ${count(weightBytes)} bytes`],
    ["context", `${count(text.contextLength)} tokens`],
    ["vocabulary", `${count(text.vocabularySize)} tokens, ${head}`],
    ["text", `${text.layers} layers of ${text.hiddenSize}, inside ${text.intermediateSize}; ${groups}`],
    [
      "attention",
      limited === 0 ? "to the whole context" : `${limited} layers see ${text.slidingWindow} tokens`,
    ],
    [
      "vision",
      `${vision.depth} blocks of ${vision.hiddenSize}, inside ${vision.intermediateSize}; ${vision.heads} heads`,
    ],
    [
      "patches",
      `${seen}; windows of ${vision.windowSize} pixels in all blocks but ${vision.fullAttentionLayers.join(", ")}`,
    ],
  ];
}

function typeText([type, parameters]: [string, number]): string {
  return `${count(parameters)} in ${type}`;
}

function filesOf(folder: string): File[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((path) => ({ path, stat: statSync(join(folder, path), { throwIfNoEntry: false }) }))
    .flatMap(({ path, stat }) => (stat?.isFile() ? [{ path, bytes: stat.size }] : []));
}

function printFiles(files: readonly File[]): void {
  printTable(
    ["bytes", "file"],
    files.map(({ path, bytes }) => [bytes, path]),
  );
}

function count(n: number): string {
  return n.toLocaleString("en");
}

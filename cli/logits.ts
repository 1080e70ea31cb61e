/** @file `touchline model logits`: what a model computes, as numbers. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { loadTokenizer, type Logits, sampleToken } from "../agent/model/index.ts";
import { makeRandom } from "../env/random.ts";
import { askModel, type RunningCommand } from "./ask-model.ts";
import { printLine, printTable } from "./output.ts";

export interface LogitsCommand extends RunningCommand {
  all?: boolean;
}

/** Rows of the human table. */
const SHOWN = 10;

export async function logits(folder: string, options: LogitsCommand): Promise<void> {
  const all = options.all ?? false;
  await askModel(folder, options, async (model, { chats, isList }) => {
    const found = await model.logits(chats, { all });
    if (options.json) await printDocuments(found, all && isList, all);
    else printTables(found, folder, all);
  });
}

/** Inputs of different lengths make no one array, so with `--all` a list gets a document for each. */
async function printDocuments(found: readonly Logits[], asList: boolean, all: boolean): Promise<void> {
  const width = found[0]!.shape[1];
  const documents = all ? found.map(rowsOf) : [found.flatMap(rowsOf)];
  await pipeline(Readable.from(textOf(documents, width, asList)), process.stdout, { end: false });
}

function rowsOf({ shape: [rows, width], data }: Logits): Float32Array[] {
  return Array.from({ length: rows }, (_, row) => data.subarray(row * width, (row + 1) * width));
}

/** In pieces, for the whole may be longer than a string of JavaScript can be. */
function* textOf(documents: readonly Float32Array[][], width: number, asList: boolean): Generator<string> {
  if (asList) yield "[\n";
  for (const [place, rows] of documents.entries()) {
    yield `${place > 0 ? ",\n" : ""}{"shape":[${rows.length},${width}],"logits":[\n`;
    for (const [i, row] of rows.entries()) yield `[${shortest(row)}]${i + 1 < rows.length ? "," : ""}\n`;
    yield "]}";
  }
  yield asList ? "\n]\n" : "\n";
}

/** Nine digits bring each float32 back. */
function shortest(row: Float32Array): string {
  return Array.from(row, (value) => JSON.stringify(Number(value.toPrecision(9)))).join();
}

function printTables(found: readonly Logits[], folder: string, all: boolean): void {
  const tokenizer = loadTokenizer(folder);
  const cells = (row: Float32Array, count: number): (string | number)[][] =>
    sampleToken(row, { temperature: 0, topP: 1, topK: 0 }, makeRandom(0), count).top.map(
      ({ token, logProbability }) => [
        token,
        row[token]!.toFixed(4),
        `${(100 * Math.exp(logProbability)).toFixed(2)} %`,
        JSON.stringify(tokenizer.decode([token], { skipSpecial: false })),
      ],
    );
  found.forEach((one, i) => {
    const rows = rowsOf(one);
    if (i > 0) printLine();
    printLine(`input ${i + 1}: logits of shape [${one.shape.join(", ")}]; the likeliest next tokens`);
    if (all) {
      const likeliest = rows.map((row, place) => [place, ...cells(row, 1)[0]!]);
      printTable(["after", "token", "logit", "chance", "text"], likeliest);
    } else printTable(["token", "logit", "chance", "text"], cells(rows[0]!, SHOWN));
  });
}

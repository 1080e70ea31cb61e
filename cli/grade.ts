/** @file `touchline grade`: whether answers in mathematics are right, one line of JSON in and one out. */
import type { Command } from "commander";
import { z } from "zod";
import { examples } from "./option.ts";
import { printJson, printLine } from "./output.ts";
import { TouchlineError } from "../env/error.ts";

interface Options {
  reason?: boolean;
  json?: boolean;
}

const ANSWER = z.union([z.string(), z.number().transform(String)]);
const PAIR = z.object({ id: z.union([z.string(), z.number()]), gold: ANSWER, pred: ANSWER });

export function gradeCommand(program: Command): void {
  program
    .command("grade")
    .description(
      'whether answers in mathematics are right: {"id", "gold", "pred"} lines in, {"id", "score", "status"} lines out; "pred" is an answer or a whole response',
    )
    .option("--reason", "tell with each why, and what was taken for the answer")
    .addHelpText("after", "\nWith --json the verdicts come as one list, when all have been read.")
    .addHelpText(
      "after",
      examples("touchline grade < pairs.jsonl > verdicts.jsonl", "touchline grade --reason < pairs.jsonl"),
    )
    .action(async (_own: unknown, command: Command) => grade(command.optsWithGlobals<Options>()));
}

async function grade({ reason, json }: Options): Promise<void> {
  const { linesOf } = await import("../trainer/data/index.ts");
  const { verifyMathematics } = await import("../trainer/mathematics/index.ts");
  const verdicts: object[] = [];
  for await (const { text, number } of linesOf(process.stdin)) {
    const { id, gold, pred } = readPair(text, number);
    const { score, status, ...why } = verifyMathematics(pred, gold);
    const one = { id, score, status, ...(reason && why) };
    if (json) verdicts.push(one);
    else printLine(JSON.stringify(one));
  }
  if (json) printJson(verdicts);
}

function readPair(text: string, line: number): z.infer<typeof PAIR> {
  let pair: unknown;
  try {
    pair = JSON.parse(text);
  } catch {
    pair = undefined;
  }
  const read = PAIR.safeParse(pair);
  if (read.success) return read.data;
  const key = read.error.issues[0]!.path.join(".");
  const wrong = pair === undefined ? "is no JSON" : key === "" ? "is no object" : `has no right "${key}"`;
  throw new TouchlineError(
    "grade/line",
    `Line ${line} of standard input ${wrong}; expected {"id", "gold", "pred"}, the last two being texts.`,
  );
}

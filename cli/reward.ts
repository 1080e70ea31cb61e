/** @file `touchline reward`: what answers are worth by rule, one line of JSON in and one out. */
import { type Command, Option } from "commander";
import { z } from "zod";
import { examples } from "./option.ts";
import { printJson, printLine } from "./output.ts";
import { TouchlineError } from "../env/error.ts";
import type { ProfileName } from "../trainer/reward/index.ts";

interface Options {
  profile: ProfileName;
  json?: boolean;
}

const ANSWER = z.object({
  id: z.union([z.string(), z.number()]),
  response: z.string(),
  gold: z.string(),
  prompt: z.exactOptional(z.string()),
});

export function rewardCommand(program: Command): void {
  program
    .command("reward")
    .description(
      'what answers are worth: {"id", "response", "gold", "prompt"?} lines in, {"id", "format", "accuracy", "reward", "status"} lines out',
    )
    .addOption(
      new Option(
        "--profile <profile>",
        "LMM-R1's rule with the ways around it closed, or as the paper ran it",
      )
        .choices(["guarded", "lmm-r1"] satisfies ProfileName[])
        .default("guarded" satisfies ProfileName),
    )
    .addHelpText("after", "\nWith --json the answers come as one list, when all have been read.")
    .addHelpText(
      "after",
      examples(
        "touchline reward < answers.jsonl > rewards.jsonl",
        "touchline reward --profile lmm-r1 < answers.jsonl",
      ),
    )
    .action(async (_own: unknown, command: Command) => reward(command.optsWithGlobals<Options>()));
}

async function reward({ profile, json }: Options): Promise<void> {
  const { linesOf } = await import("../trainer/data/index.ts");
  const { ruleReward } = await import("../trainer/reward/index.ts");
  const rewards: object[] = [];
  for await (const { text, number } of linesOf(process.stdin)) {
    const { id, ...answer } = readAnswer(text, number);
    const one = { id, ...(await ruleReward(answer, { profile })) };
    if (json) rewards.push(one);
    else printLine(JSON.stringify(one));
  }
  if (json) printJson(rewards);
}

function readAnswer(text: string, line: number): z.infer<typeof ANSWER> {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = undefined;
  }
  const read = ANSWER.safeParse(answer);
  if (read.success) return read.data;
  const key = read.error.issues[0]!.path.join(".");
  const wrong = answer === undefined ? "is no JSON" : key === "" ? "is no object" : `has no right "${key}"`;
  throw new TouchlineError(
    "reward/line",
    `Line ${line} of standard input ${wrong}; expected {"id", "response", "gold"}, the last two being texts.`,
  );
}

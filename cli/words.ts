/** @file Options of policies that play by words, for every command that has a match played. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Clock } from "../agent/match/index.ts";
import type { DecisionSteps, PolicyOptions } from "../agent/policy/index.ts";
import type { Device } from "../agent/graph/index.ts";
import { deviceOption, integer, number } from "./option.ts";

/** How a policy is written, for help texts. */
export const POLICY_HELP =
  "random, idle, scripted[:DIFFICULTY], nano, dir:FOLDER, openai:MODEL@URL or replay:FILE";

export interface WordsOptions {
  prompt?: string;
  answers?: number;
  images?: number;
  greedy?: boolean;
  temperature?: number;
  maxTokens?: number;
  device: Device;
  decisionSteps?: DecisionSteps;
  clock: Clock;
}

export function addWordsOptions(command: Command): Command {
  return command
    .option(
      "--prompt <name>",
      "for models: think-answer, analyze-action, nano, or a JSON file; without it what the folder's play.json says, else think-answer",
    )
    .option(
      "--answers <n>",
      "earlier answers that a model sees again (what play.json says, else 5)",
      integer(0, 100),
    )
    .option(
      "--images <n>",
      "pictures that it sees, the present one included (what play.json says, else 1)",
      integer(1, 16),
    )
    .option("--greedy", "models take the likeliest token; the same as --temperature 0")
    .option(
      "--temperature <t>",
      "how freely models choose their words (what play.json says, else 1)",
      number(0, 10),
    )
    .option("--max-tokens <n>", "of a model's answer (what play.json says, else 256)", integer(1, 32_768))
    .addOption(deviceOption())
    .option(
      "--decision-steps <n>",
      "steps that a decision lasts, or adaptive; without it what a model's play.json says, else adaptive for models and 1 for others",
      steps,
    )
    .addOption(
      new Option("--clock <clock>", "paused: the game waits for answers; realtime: thinking costs steps")
        .choices(["paused", "realtime"] satisfies Clock[])
        .default("paused" satisfies Clock),
    );
}

/** What the options say to the policies themselves. */
export function policyOptions(options: WordsOptions): PolicyOptions {
  const { prompt, answers, images, greedy, maxTokens, device } = options;
  const temperature = greedy ? 0 : options.temperature;
  return {
    ...(prompt !== undefined && { prompt }),
    memory: { ...(answers !== undefined && { answers }), ...(images !== undefined && { images }) },
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
    model: { device },
  };
}

function steps(text: string): DecisionSteps {
  if (text === "adaptive") return text;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 100) return value;
  throw new InvalidArgumentError("Expected adaptive, or an integer from 1 to 100.");
}

/** @file `touchline model`: what a model folder holds, what the model computes, and the model for other programs. */
import type { Command } from "commander";
import { deviceOption, examples, integer, number } from "./option.ts";
import type { GenerateCommand } from "./generate.ts";
import type { GradCommand } from "./grad.ts";
import type { LogitsCommand } from "./logits.ts";
import type { MergeCommand } from "./merge.ts";
import type { FolderCommand } from "./model-folder.ts";

const FOLDER = "a Hugging Face folder of Qwen2.5-VL";
const INPUT =
  'a JSON file: {"messages": [...], "images": [path], "maxTokens"?}, or a list of these; paths are relative to it';

export function modelCommand(program: Command): void {
  const model = program
    .command("model")
    .description("look into a model folder, run the model, write it for other programs")
    .addHelpText(
      "after",
      examples("touchline model info models/tiny", "touchline model generate models/tiny --input chat.json"),
    );

  model
    .command("info")
    .description("architecture, parameters, stored types and files of a folder; nothing is loaded")
    .argument("<dir>", FOLDER)
    .addHelpText(
      "after",
      examples("touchline model info models/tiny", "touchline model info models/tiny --json"),
    )
    .action(async (folder: string, _own: unknown, command: Command) => {
      const { info } = await import("./model-folder.ts");
      info(folder, command.optsWithGlobals<FolderCommand>());
    });

  running(model.command("logits"))
    .description("the logits of what comes after the last token of each input, [inputs, vocabulary]")
    .option("--all", "after every token: [tokens, vocabulary], and a list of such documents for a list")
    .addHelpText(
      "after",
      examples(
        "touchline model logits models/tiny --input chat.json",
        "touchline model logits models/tiny --input chat.json --all --json",
      ),
    )
    .action(async (folder: string, _own: unknown, command: Command) => {
      const { logits } = await import("./logits.ts");
      await logits(folder, command.optsWithGlobals<LogitsCommand>());
    });

  running(model.command("grad"), { compact: false })
    .description(
      "the gradient of every parameter for answers that the inputs hold, to compare with other engines",
    )
    .option("--all", "every value of each gradient, not only its norm and the first 8")
    .option("--recompute", "work layers out a second time on the way back: more time, less memory")
    .addHelpText("after", LEARNED)
    .addHelpText(
      "after",
      examples(
        "touchline model grad models/tiny --input answered.json",
        "touchline model grad models/tiny --input answered.json --all --json",
      ),
    )
    .action(async (folder: string, _own: unknown, command: Command) => {
      const { grad } = await import("./grad.ts");
      await grad(folder, command.optsWithGlobals<GradCommand>());
    });

  running(model.command("generate"))
    .description("write the answer to each input; Ctrl-C ends it and keeps what there is (status 1)")
    .option("--temperature <t>", "0 takes the likeliest token", number(0, 100), 0)
    .option("--top-p <p>", "only the likeliest tokens whose probabilities add up to this", topP, 1)
    .option("--top-k <k>", "only so many of the likeliest tokens; 0: all", integer(0), 0)
    .option("--seed <s>", "seed of the first sample; each next one counts one up", integer(0, LAST_SEED), 0)
    .option("--samples <n>", "answers to each input", integer(1, 1024), 1)
    .option("--max-tokens <n>", "the longest answer, also where the file says otherwise (256)", integer(1))
    .option("--stop <text>", "a text that ends an answer; may be repeated", collect, [])
    .option("--batch-size <n>", "answers that are written at the same time", integer(1, 1024), 32)
    .option("--logprobs <n>", "tell of each token its log-probability and the n likeliest", integer(0, 20))
    .addHelpText(
      "after",
      examples(
        "touchline model generate models/tiny --input chat.json",
        "touchline model generate models/tiny --input chat.json --temperature 0.8 --top-p 0.95 --samples 4",
        'touchline model generate models/tiny --input chats.json --stop "</answer>" --logprobs 5 --json',
      ),
    )
    .action(async (folder: string, _own: unknown, command: Command) => {
      const { generate } = await import("./generate.ts");
      await generate(folder, command.optsWithGlobals<GenerateCommand>());
    });

  model
    .command("export")
    .description("write the folder with onnx/ in it, which transformers.js loads")
    .argument("<dir>", FOLDER)
    .requiredOption("--out <dir>", "a folder that does not exist yet, or is empty")
    .addHelpText("after", examples("touchline model export models/tiny --out exported/tiny"))
    .action(async (folder: string, _own: unknown, command: Command) => {
      const { exportFolder } = await import("./model-folder.ts");
      exportFolder(folder, command.optsWithGlobals<FolderCommand & { out: string }>());
    });

  model
    .command("merge")
    .description("write the folder with a LoRA adapter made part of its weights; each keeps its type")
    .argument("<base>", `${FOLDER}, which the adapter was trained on`)
    .requiredOption(
      "--adapter <dir>",
      "a folder of peft's: adapter_config.json and adapter_model.safetensors",
    )
    .requiredOption("--out <dir>", "a folder that does not exist yet, or is empty")
    .addHelpText(
      "after",
      examples("touchline model merge models/tiny --adapter runs/lora/adapter --out models/tiny-lora"),
    )
    .action(async (base: string, _own: unknown, command: Command) => {
      const { merge } = await import("./merge.ts");
      merge(base, command.optsWithGlobals<MergeCommand>());
    });
}

const LAST_SEED = 0xffffffff;

const LEARNED = `
The loss is the mean cross-entropy over the tokens of the answer to the last user turn, of all inputs together: every
token of the assistant's last message and the <|im_end|> that closes it, neither the "<|im_start|>assistant\\n" before
them nor the "\\n" after. The logits of a token are those of the place before it; other tokens count nothing. Parameters
bear the names of the model's file, and one that the loss does not reach has a gradient of zeros.
`;

/** What the commands that run a model have in common. */
function running(command: Command, { compact = true } = {}): Command {
  const own = command
    .argument("<dir>", FOLDER)
    .requiredOption("--input <file>", INPUT)
    .addOption(deviceOption())
    .option("--threads <n>", "threads of one operator; 0: as many as there are cores", integer(0, 256), 0);
  return compact
    ? own.option("--compact", "keep 16-bit weights as they are stored: half the memory, and slow")
    : own;
}

function topP(text: string): number {
  return number(Number.MIN_VALUE, 1)(text);
}

function collect(text: string, before: string[]): string[] {
  return [...before, text];
}

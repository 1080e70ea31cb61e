/** @file `touchline model generate`: the answers of a model, as they come or as one document. */
import { type Chat, type Generated, type GenerateRequest, loadTokenizer } from "../agent/model/index.ts";
import { askModel, type RunningCommand } from "./ask-model.ts";
import { untilInterrupted } from "./interrupt.ts";
import { printJson, printLine, printTable, printText } from "./output.ts";

export interface GenerateCommand extends RunningCommand {
  temperature: number;
  topP: number;
  topK: number;
  seed: number;
  samples: number;
  maxTokens?: number;
  stop: string[];
  batchSize: number;
  logprobs?: number;
}

export async function generate(folder: string, options: GenerateCommand): Promise<void> {
  const { batchSize, samples, seed, json } = options;
  const seeds = Array.from({ length: samples }, (_, i) => (seed + i) >>> 0);
  await askModel(folder, options, async (model, { chats, isList }) => {
    const requests = chats.map((chat) => requestOf(chat, seeds, options));
    const streams = !json && requests.length === 1 && samples === 1;
    let streamed = "";
    const onToken = ({ text }: { text: string }): void => {
      streamed += text;
      printText(text);
    };
    const answers = await untilInterrupted((signal) =>
      model.generate(requests, { batchSize, signal, ...(streams && { onToken }) }),
    );

    if (json) {
      const documents = answers.map((one) => documentOf(one, seeds, options));
      printJson(isList ? documents : documents[0]);
    } else if (streams) {
      // The stream holds back a character that the last token leaves unfinished.
      printLine(answers[0]![0]!.text.slice(streamed.length));
      printTokens(answers[0]![0]!, folder, options);
    } else {
      answers.forEach((one, input) =>
        one.forEach((sample, i) => {
          const size = `${sample.finish} after ${sample.tokens.length} tokens`;
          printLine(`${input + i > 0 ? "\n" : ""}input ${input + 1}, seed ${seeds[i]}: ${size}`);
          printLine(sample.text);
          printTokens(sample, folder, options);
        }),
      );
    }
    if (answers.flat().some(({ finish }) => finish === "cancelled")) process.exitCode = 1;
  });
}

function requestOf(chat: Chat, seeds: number[], options: GenerateCommand): GenerateRequest {
  const { temperature, topP, topK, stop, logprobs = 0 } = options;
  const maxTokens = options.maxTokens ?? chat.maxTokens;
  const sampling = { seeds, temperature, topP, topK, stop, topLogProbabilities: logprobs };
  return { ...chat, ...sampling, ...(maxTokens !== undefined && { maxTokens }) };
}

function documentOf(
  samples: readonly Generated[],
  seeds: readonly number[],
  options: GenerateCommand,
): object {
  const tells = options.logprobs !== undefined;
  return {
    promptTokens: samples[0]!.promptTokens,
    samples: samples.map(({ text, finish, tokens }, i) => ({
      seed: seeds[i],
      text,
      finish,
      tokens: tokens.map(({ id, logProbability, top }) => ({ id, logProbability, ...(tells && { top }) })),
    })),
  };
}

function printTokens({ tokens }: Generated, folder: string, { logprobs }: GenerateCommand): void {
  if (logprobs === undefined) return;
  const tokenizer = loadTokenizer(folder);
  const text = (id: number): string => JSON.stringify(tokenizer.decode([id], { skipSpecial: false }));
  const rows = tokens.map(({ id, logProbability, top }) => [
    id,
    logProbability.toFixed(4),
    text(id),
    top.map((one) => `${text(one.id)} ${one.logProbability.toFixed(2)}`).join(", "),
  ]);
  printTable(["token", "log-probability", "text", logprobs > 0 ? "likeliest" : ""], rows);
}

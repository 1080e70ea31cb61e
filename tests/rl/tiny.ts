/** @file A model so small that it learns within seconds, and what it is asked. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ChatInput, openChatReader, type Picture } from "../../agent/model/index.ts";
import { type PlayStyle, STYLE_FILE, styleSchema } from "../../agent/protocol/index.ts";
import { encodeExample, Learner, makeBatch, saveModel } from "../../trainer/learner/index.ts";
import { crossEntropy } from "../../trainer/loss/index.ts";
import { makeModel, newbornSchema } from "../../trainer/newborn/index.ts";

/** Two decisions a second on small frames, in sentences, with nothing remembered. */
export const TINY_STYLE: PlayStyle = styleSchema.parse({
  prompt: "nano",
  actions: "semantic",
  decisionSteps: 5,
  frame: { width: 84, height: 64, hud: false },
  memory: { answers: 0 },
  maxTokens: 40,
});

const PLAN = newbornSchema.parse({
  text: { hiddenSize: 32, layers: 1, heads: 2, keyValueHeads: 1, intermediateSize: 64 },
  vision: { hiddenSize: 16, depth: 1, heads: 2, intermediateSize: 32 },
  vocabulary: 768,
  contextTokens: 4096,
});

export const answerOf = (answer: string): string =>
  `<think>Nobody is near.</think><answer>${answer}</answer>`;

/** A folder with random weights, and how it plays. */
export function newborn(directory: string, style: PlayStyle = TINY_STYLE): string {
  makeModel(directory, PLAN, [answerOf("run goal"), "Say it."]);
  writeFileSync(join(directory, STYLE_FILE), JSON.stringify(style));
  return directory;
}

/** A question, about a picture if there is one. */
export function asked(words: string, picture?: Picture): ChatInput {
  if (!picture) return { messages: [{ role: "user", content: words }] };
  const content = [{ type: "image" } as const, { type: "text", text: words } as const];
  return { messages: [{ role: "user", content }], images: [picture] };
}

/** A folder whose model answers each of these questions with any of the answers, as often with one as with another. */
export async function taught(
  directory: string,
  lessons: readonly { chat: ChatInput; answers: readonly string[] }[],
  { steps = 80, style = TINY_STYLE }: { steps?: number; style?: PlayStyle } = {},
): Promise<string> {
  const from = newborn(`${directory}-newborn`, style);
  const reader = openChatReader(from);
  const learner = Learner.open(from, {
    loss: ({ g, logits, labels, perRow }) => ({
      loss: crossEntropy(g, logits(), labels, perRow("weights")),
    }),
    threads: 1,
  });
  const sequences = lessons.flatMap(({ chat, answers }) =>
    answers.map((answer) =>
      encodeExample(reader, {
        ...chat,
        messages: [...chat.messages, { role: "assistant", content: answer }],
      }),
    ),
  );
  const batch = makeBatch(learner.config, sequences);
  const rows = { weights: new Float32Array(batch.rows).fill(1 / batch.rows) };
  for (let step = 0; step < steps; step++) await learner.step([{ batch, rows }], 1e-2);
  await saveModel(learner, directory);
  await learner.close();
  return directory;
}

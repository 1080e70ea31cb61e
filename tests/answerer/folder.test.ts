/** @file How answers of a model folder end: by the model itself, for want of room, or given up. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type AnswerOptions, folderAnswerer } from "../../agent/answerer/index.ts";
import { answerOf, asked, taught } from "../rl/tiny.ts";

const root = mkdtempSync(join(tmpdir(), "touchline-finish-"));
afterAll(() => rmSync(root, { recursive: true }));

test("an answer that ends with the last of its room has ended itself", async () => {
  const chat = asked("Say it.");
  const directory = await taught(join(root, "model"), [{ chat, answers: [answerOf("run goal")] }]);
  const answerer = folderAnswerer(directory);
  await answerer.open();
  const ask = (more: Partial<AnswerOptions>) =>
    answerer.answer(chat, { seed: 0, temperature: 0, topP: 1, maxTokens: 100, stop: [], ...more });
  const whole = await ask({});
  expect(whole).toMatchObject({ text: answerOf("run goal"), finish: "stop" });
  const maxTokens = whole.answerTokens!;
  expect(await ask({ maxTokens })).toMatchObject({ finish: "stop", answerTokens: maxTokens });
  expect(await ask({ maxTokens: maxTokens - 1 })).toMatchObject({ finish: "length" });
  expect(await ask({ maxTokens: maxTokens - 1, stop: ["</answer>"] })).toMatchObject({ finish: "stop" });
  expect(await ask({ signal: AbortSignal.abort() })).not.toHaveProperty("finish");
  await answerer.close();
});

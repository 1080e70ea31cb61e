import { expect, test } from "vitest";
import { makeRandom } from "../../../env/random.ts";
import { openChatReader } from "../../../agent/model/index.ts";
import type { Experience, TurnExperience } from "../../experience/index.ts";
import { answerText } from "../../question/index.ts";
import { correctionsOf } from "./corrections.ts";
import type { Lesson } from "./lesson.ts";

const SEEN =
  "Me 33 -12, ball 33 -12, keeper 51 0, near 39 3. Ball mine 1, goal 21 bottom right open, near 16.";
const reader = openChatReader("agent/weights/nano");

function lesson(more: Partial<TurnExperience>): Lesson {
  const experience: Experience = {
    chat: { messages: [{ role: "user", content: "Play." }] },
    text: "<answer>shoot</answer>",
    tokens: [1, 2, 3],
    logProbabilities: [-1, -1, -1],
    conclusionFrom: 0,
    policyStep: 0,
  };
  return { experience: { ...experience, ...more }, advantages: [1, 1, 1] };
}

test.each(["Run", "Shoot", "Pass", "Wait"])(
  "what is imitated is how an answer goes that then says %s, and nearly all up to there",
  (plan) => {
    const [one] = correctionsOf(reader, [lesson({ seen: SEEN })], 1, makeRandom(1));
    const tokens = [...one!.experience.tokens];
    const whole = reader.tokenizer.encode(answerText(`${SEEN} ${plan}`, "wait"));
    expect(tokens).toEqual(whole.slice(0, tokens.length));
    expect(reader.tokenizer.decode(tokens, { skipSpecial: false })).toContain("near 16");
  },
);

test("as many as are asked for, of decisions whose frames somebody knows", () => {
  const lessons = [lesson({}), lesson({ seen: SEEN })];
  const found = correctionsOf(reader, lessons, 5, makeRandom(1));
  expect(found).toHaveLength(5);
  expect(found.every(({ experience }) => experience.text.includes("keeper 51 0"))).toBe(true);
  expect(correctionsOf(reader, [lesson({})], 5, makeRandom(1))).toEqual([]);
});

/** @file A model folder that says how it plays is played that way, unless somebody says otherwise. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MatchRunner } from "../../agent/match/index.ts";
import { parsePolicy, type PolicyOptions } from "../../agent/policy/index.ts";
import { DEFAULT_STYLE, hasStyle, readStyle, STYLE_FILE } from "../../agent/protocol/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { newborn, TINY_STYLE } from "../rl/tiny.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-style-"));
afterAll(() => rmSync(folder, { recursive: true }));
let model = "";
beforeAll(() => {
  model = newborn(join(folder, "model"));
});
const scenario = { ...loadScenario("academy_empty_goal"), steps: 12 };

describe("play.json", () => {
  test("is read with its defaults, and a folder without it plays as any model would", () => {
    expect(readStyle(model)).toEqual(TINY_STYLE);
    writeFileSync(join(folder, STYLE_FILE), JSON.stringify({ actions: "simple", frame: { tint: true } }));
    expect(readStyle(folder)).toEqual({ ...DEFAULT_STYLE, actions: "simple", frame: { tint: true } });
    expect(hasStyle(join(folder, "nowhere"))).toBe(false);
    expect(readStyle(join(folder, "nowhere"))).toEqual(DEFAULT_STYLE);
  });

  test.each([
    [{ actions: "sentences" }, /play\.json.*actions.*expected one of default/],
    [{ decisionSteps: 0 }, /decisionSteps is 0; expected steps/],
    [{ decisionSteps: "often" }, /decisionSteps.*steps from 1 to 100, or "adaptive"/],
    [{ frame: { width: 10 } }, /width.*pixels, an integer from 64 to 4096/],
    [{ memory: { images: 0 } }, /images.*pictures, an integer from 1/],
    [{ maxtokens: 3 }, /maxtokens/],
    [[], /play\.json/],
  ])("%j is refused with a sentence", (value, sentence) => {
    writeFileSync(join(folder, STYLE_FILE), JSON.stringify(value));
    expect(() => readStyle(folder)).toThrow(sentence);
    expect(() => parsePolicy(`dir:${folder}`)).toThrow(sentence);
  });

  test("that is no JSON is refused with its place", () => {
    writeFileSync(join(folder, STYLE_FILE), "{ tint }");
    expect(() => readStyle(folder)).toThrow(/play\.json.*JSON/);
  });
});

/** The steps at which it was asked, the first answer, and what it was asked with. */
async function played(options: PolicyOptions = {}, setup: object = {}) {
  const left = parsePolicy(`dir:${model}`, { temperature: 0, ...options });
  const runner = await MatchRunner.make({ scenario, left, ...setup });
  try {
    await runner.start(1);
    const asked: number[] = [];
    const decisions = [];
    for (let step = 0, over = false; !over; step++) {
      const advance = await runner.advance();
      over = advance.step.terminated || advance.step.truncated;
      if (advance.decisions.length > 0) asked.push(step);
      decisions.push(...advance.decisions);
    }
    return { asked, decisions, actions: runner.actions };
  } finally {
    await runner.close();
    await left.close?.();
  }
}

describe("the policy dir:FOLDER", () => {
  test("plays with the actions, the words, the frames and the decisions of its folder", async () => {
    const left = parsePolicy(`dir:${model}`);
    expect(left).toMatchObject({ sets: ["semantic"], decisionSteps: 5, frame: TINY_STYLE.frame });
    const { asked, decisions, actions } = await played();
    expect(actions).toBe("semantic");
    expect(asked).toEqual([0, 5, 10]);
    for (const { prompt, answerTokens } of decisions) {
      // Of the prompt `nano`, without a word of the system and without earlier answers.
      expect(prompt).toEqual([
        { role: "user", content: [{ type: "image" }, { type: "text", text: "Play." }] },
      ]);
      expect(answerTokens).toBeLessThanOrEqual(TINY_STYLE.maxTokens);
    }
  });

  test("leaves to whoever plays it to say otherwise", async () => {
    const more = { prompt: "think-answer", memory: { answers: 2 }, maxTokens: 3 };
    const { asked, decisions } = await played(more, { decisionSteps: 4 });
    expect(asked).toEqual([0, 4, 8]);
    expect(decisions.map(({ prompt }) => prompt!.length)).toEqual([2, 4, 6]);
    for (const { answerTokens, failed } of decisions) {
      expect(failed).toBeUndefined();
      expect(answerTokens).toBeLessThanOrEqual(3);
    }
  });

  test("sees other frames only where they are asked for", async () => {
    const own = await played();
    const other = await played({}, { frame: { ...TINY_STYLE.frame, tint: true } });
    const same = await played({}, { frame: TINY_STYLE.frame });
    expect(same.decisions[0]!.frameHash).toBe(own.decisions[0]!.frameHash);
    expect(other.decisions[0]!.frameHash).not.toBe(own.decisions[0]!.frameHash);
  });

  test("refuses actions that its model was not trained for", async () => {
    const left = parsePolicy(`dir:${model}`);
    await expect(MatchRunner.make({ scenario, left, actions: "default" })).rejects.toThrow(/semantic/);
  });
});

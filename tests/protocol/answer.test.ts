import { describe, expect, test } from "vitest";
import { actionList, actionOf, type AnswerFormat, readAnswer } from "../../agent/protocol/index.ts";

describe("an answer", () => {
  test.for<[string, AnswerFormat, ReturnType<typeof readAnswer>]>([
    [
      "<think>He is free.</think><answer>short_pass</answer>",
      "think-answer",
      { wellFormed: true, think: "He is free.", answer: "short_pass" },
    ],
    [
      "  <think>Two\nlines</think><answer> right </answer>\n",
      "think-answer",
      { wellFormed: true, think: "Two\nlines", answer: "right" },
    ],
    [
      // LMM-R1 lets nothing stand between the parts, not even a space.
      "<think>a</think> <answer>right</answer>",
      "think-answer",
      { wellFormed: false, think: "a", answer: "right" },
    ],
    ["I go. <answer>right</answer>", "think-answer", { wellFormed: false, think: "", answer: "right" }],
    [
      "<think>a<think>b</think><answer>right</answer>",
      "think-answer",
      { wellFormed: false, think: "a<think>b", answer: "right" },
    ],
    [
      "<think>a</think><answer>left</answer><answer>right</answer>",
      "think-answer",
      { wellFormed: false, think: "a", reason: "there is more than one <answer>." },
    ],
    [
      "<think>a</think><answer>  </answer>",
      "think-answer",
      { wellFormed: true, think: "a", reason: "<answer> is empty." },
    ],
    [
      "<think>a</think><answer>right",
      "think-answer",
      { wellFormed: false, think: "a", reason: "there is no <answer>...</answer>." },
    ],
    ["", "think-answer", { wellFormed: false, think: "", reason: "there is no <answer>...</answer>." }],
    [
      "# analyze\nHe is free.\n# action\naction_short_pass",
      "analyze-action",
      { wellFormed: true, think: "He is free.", answer: "action_short_pass" },
    ],
    [
      "## Analyze\nfree\n### Action\n action_left \n",
      "analyze-action",
      { wellFormed: false, think: "free", answer: "action_left" },
    ],
    [
      "# analyze\nfree",
      "analyze-action",
      { wellFormed: false, think: "free", reason: 'there is no line "# action".' },
    ],
    [
      "# action\nleft\n# action\nright",
      "analyze-action",
      { wellFormed: false, think: "", reason: 'there is more than one "# action".' },
    ],
    [
      "# analyze\na\n# action\n",
      "analyze-action",
      { wellFormed: true, think: "a", reason: 'nothing stands after "# action".' },
    ],
  ])("%j as %s", ([text, format, expected]) => {
    expect(readAnswer(text, format)).toEqual(expected);
  });
});

describe("the words of an action", () => {
  test.for<[string, Parameters<typeof actionOf>[1], unknown]>([
    ["right", "default", "right"],
    ["action_top_left", "default", "top_left"],
    ["Top Left", "default", "top_left"],
    ['"short-pass".', "default", "short_pass"],
    ["builtin_ai", "full", "builtin_ai"],
    ["kick", "simple", "kick"],
    ["pass_to 7", "semantic", "pass_to 7"],
    ["shoot near post", "semantic", "shoot near post"],
    [
      '{"direction":[1,0],"power":0.5,"loft":0,"kick":1}',
      "continuous",
      { direction: [1, 0], power: 0.5, loft: 0, kick: 1 },
    ],
  ])("%j in the set %s", ([words, set, action]) => {
    expect(actionOf(words, set)).toEqual({ action });
  });

  test.for<[string, Parameters<typeof actionOf>[1], RegExp]>([
    ["run to the right", "default", /no action "run_to_the_right"/],
    ["builtin_ai", "default", /no action "builtin_ai"/],
    ["3", "default", /no action "3"/],
    ["pass to somebody", "semantic", /./],
    ['{"direction":[9,0]}', "continuous", /./],
    ["right", "continuous", /no JSON/],
    ["null", "continuous", /./],
  ])("%j in the set %s is refused with a reason", ([words, set, reason]) => {
    expect(actionOf(words, set)).toEqual({ reason: expect.stringMatching(reason) as string });
  });

  test("are those that are offered, where not all are", () => {
    const offered = ["left", "shot"];
    expect(actionOf("action_shot", "full", offered)).toEqual({ action: "shot" });
    expect(actionOf("idle", "full", offered)).toEqual({
      reason: expect.stringMatching(/no action "idle".*left, shot/) as string,
    });
    expect(actionOf("hold", "semantic", offered)).toEqual({ action: "hold" });
    const names = ["idle", "left", "shot"];
    expect(actionList({ kind: "discrete", n: 3, names }, offered)).toBe("Actions: left, shot.");
  });

  test("are listed by name, without what is possible just now", () => {
    expect(actionList({ kind: "discrete", n: 2, names: ["idle", "left"] })).toBe("Actions: idle, left.");
    expect(actionList({ kind: "text", minLength: 1, maxLength: 9, choices: ["hold", "pass_to 7"] })).toBe(
      "Actions: hold, pass_to 7.",
    );
    expect(actionList({ kind: "dict", spaces: {} })).toMatch(/"direction": \[x, y\]/);
  });
});

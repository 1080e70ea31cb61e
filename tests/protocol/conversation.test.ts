import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Conversation, DEFAULT_MEMORY, loadPrompt, PROMPT_NAMES } from "../../agent/protocol/index.ts";

const PROMPT = {
  answer: "think-answer",
  system: "Goal: {goal} {actions} {other}",
  first: "Begin.",
  next: "Go on.",
  unparsed: "Nothing was done: {reason} Again.",
} as const;
const VALUES = { goal: "Score.", actions: "Actions: left, right." };

function frame(shade: number) {
  return { width: 1, height: 1, data: Uint8Array.of(shade, 0, 0) };
}

/** What each message says, with a * for each picture. */
function shown({ messages }: ReturnType<Conversation["ask"]>): string[] {
  return messages.map(({ content }) =>
    typeof content === "string"
      ? content
      : content.map((item) => (item.type === "image" ? "*" : item.text)).join(""),
  );
}

describe("a conversation", () => {
  test("begins with the goal and the actions", () => {
    const chat = new Conversation(PROMPT, { answers: 5, images: 1 }, VALUES);
    expect(shown(chat.ask(frame(1)))).toEqual(["Goal: Score. Actions: left, right. {other}", "*Begin."]);
  });

  test("keeps so many answers and pictures, the newest of them", () => {
    const chat = new Conversation(PROMPT, { answers: 2, images: 2 }, VALUES);
    for (let i = 0; i < 4; i++) {
      chat.ask(frame(i));
      chat.answered(`answer ${i}`);
    }
    const asked = chat.ask(frame(4));
    expect(shown(asked).slice(1)).toEqual(["Go on.", "answer 2", "*Go on.", "answer 3", "*Go on."]);
    expect(asked.images!.map(({ data }) => data[0])).toEqual([3, 4]);
    expect(asked.messages.map(({ role }) => role)).toEqual([
      "system",
      "user",
      "assistant",
      "user",
      "assistant",
      "user",
    ]);
  });

  test("begins anew when there was no answer", () => {
    const chat = new Conversation(PROMPT, { answers: 5, images: 1 }, VALUES);
    chat.ask(frame(1));
    expect(shown(chat.ask(frame(2))).slice(1)).toEqual(["*Begin."]);
  });

  test("without memory shows only the present", () => {
    const chat = new Conversation(PROMPT, { answers: 0, images: 1 }, VALUES);
    chat.ask(frame(0));
    chat.answered("answer");
    expect(shown(chat.ask(frame(1))).slice(1)).toEqual(["*Go on."]);
  });

  test("tells why nothing was done, once", () => {
    const chat = new Conversation(PROMPT, { answers: 0, images: 1 }, VALUES);
    chat.ask(frame(0));
    chat.answered("hm", "there is no <answer>.");
    expect(shown(chat.ask(frame(1))).at(-1)).toBe("*Nothing was done: there is no <answer>. Again.");
    chat.answered("right");
    expect(shown(chat.ask(frame(2))).at(-1)).toBe("*Go on.");
  });
});

describe("a prompt", () => {
  test.for(PROMPT_NAMES.filter((name) => name !== "nano"))("%s is there and has its places", (name) => {
    const { system, unparsed } = loadPrompt(name);
    expect(system).toContain("{goal}");
    expect(system).toContain("{actions}");
    expect(unparsed).toContain("{reason}");
  });

  test("without words of the system has no message of the system", () => {
    const chat = new Conversation(loadPrompt("nano"), DEFAULT_MEMORY, VALUES);
    expect(chat.ask(frame(1)).messages.map(({ role }) => role)).toEqual(["user"]);
  });

  test("may come from a file", () => {
    const file = join(mkdtempSync(join(tmpdir(), "prompt-")), "mine.json");
    writeFileSync(file, JSON.stringify(PROMPT));
    expect(loadPrompt(file)).toEqual(PROMPT);
    writeFileSync(file, JSON.stringify({ ...PROMPT, first: "" }));
    expect(() => loadPrompt(file)).toThrow(/at "first" expected a text/);
    writeFileSync(file, "{");
    expect(() => loadPrompt(file)).toThrow(/is no JSON/);
  });

  test("that is unknown or missing is told of", () => {
    expect(() => loadPrompt("think-answr")).toThrow(/Did you mean "think-answer"/);
    expect(() => loadPrompt("/nowhere/x.json")).toThrow(/cannot be read \(ENOENT\)/);
  });
});

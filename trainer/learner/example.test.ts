/** @file Which tokens of a chat are learned. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type ChatInput, type ChatMessage, openChatReader, readPicture } from "../../agent/model/index.ts";
import { encodeExample, type ExampleOptions } from "./index.ts";

const FIXTURE = "tests/reference/fixtures";
const reader = openChatReader(join(FIXTURE, "tied/model"));
const scratch = mkdtempSync(join(tmpdir(), "touchline-example-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const say = (role: string, content: string): ChatMessage => ({ role, content });
const ASK = say("user", "Where is the ball?");

/** The learned tokens as texts, one for each run of places that follow one another. */
function learnedTexts(chat: ChatInput, options?: ExampleOptions, own = reader): string[] {
  const { ids, learned } = encodeExample(own, chat, options);
  const runs: number[][] = [];
  for (const [i, place] of learned.entries()) {
    if (place - 1 !== learned[i - 1]) runs.push([]);
    runs.at(-1)!.push(ids[place]!);
  }
  return runs.map((run) => own.tokenizer.decode(run, { skipSpecial: false }));
}

describe("the answer to the last turn of the user", () => {
  const chats: [what: string, messages: ChatMessage[], learned: string][] = [
    ["a question", [ASK, say("assistant", "There.")], "There.<|im_end|>"],
    ["a system prompt", [say("system", "Think."), ASK, say("assistant", "球!")], "球!<|im_end|>"],
    ["an empty answer", [ASK, say("assistant", "")], "<|im_end|>"],
    ["an answer of more lines", [ASK, say("assistant", "a\n\nb\n")], "a\n\nb\n<|im_end|>"],
    ["an answer that writes of ends", [ASK, say("assistant", "a<|im_end|>b")], "a<|im_end|>b<|im_end|>"],
    [
      "the last of two answers",
      [ASK, say("assistant", "Here."), say("user", "Sure?"), say("assistant", "Yes.")],
      "Yes.<|im_end|>",
    ],
  ];
  it.each(chats)("with %s", (_what, messages, learned) => {
    expect(learnedTexts({ messages })).toEqual([learned]);
  });

  it("is the same with pictures before it", async () => {
    const images = await Promise.all(
      ["alpha", "exact"].map((one) => readPicture(`${FIXTURE}/images/${one}.png`)),
    );
    const content = [{ type: "image" }, { type: "text", text: "or" }, { type: "image" }] as const;
    const messages = [{ role: "user", content }, say("assistant", "The first.")];
    const example = encodeExample(reader, { messages, images });
    expect(example.grids).toHaveLength(2);
    expect(learnedTexts({ messages, images })).toEqual(["The first.<|im_end|>"]);
  });

  it("is all there is where a folder names no end of a turn", () => {
    const own = { ...reader, endTokens: [] };
    expect(learnedTexts({ messages: [ASK, say("assistant", "No.")] }, {}, own)).toEqual(["No.<|im_end|>\n"]);
  });
});

it("all answers, with a picture between them", async () => {
  const images = [await readPicture(`${FIXTURE}/images/alpha.png`)];
  const messages: ChatMessage[] = [
    ASK,
    say("assistant", "Here."),
    { role: "user", content: [{ type: "image" }] },
    say("assistant", "Yes."),
    say("user", "Good."),
  ];
  const chat = { messages, images };
  expect(learnedTexts(chat, { turns: "all" })).toEqual(["Here.<|im_end|>", "Yes.<|im_end|>"]);
});

describe("what cannot be learned", () => {
  const nothing: [what: string, messages: ChatMessage[], turns: "last" | "all", message: string][] = [
    ["a question alone", [ASK], "last", "has no message of the assistant after its last message of the user"],
    [
      "a question after the answer",
      [ASK, say("assistant", "Here."), ASK],
      "last",
      "A chat of the roles user, assistant, user has no message of the assistant after its last",
    ],
    ["no answer at all", [say("system", "a"), ASK], "all", "has no message of the assistant; expected"],
  ];
  it.each(nothing)("%s", (_what, messages, turns, message) => {
    expect(() => encodeExample(reader, { messages }, { turns })).toThrow(
      expect.objectContaining({ code: "trainer/example", message: expect.stringContaining(message) }),
    );
  });

  it("a template that writes what was said before in another way", () => {
    cpSync(join(FIXTURE, "tied/model"), scratch, { recursive: true });
    const path = join(scratch, "tokenizer_config.json");
    const config = JSON.parse(readFileSync(path, "utf8")) as object;
    const chat_template =
      "{% for message in messages %}{% if loop.last %}<|im_start|>{{ message.content }}<|im_end|>{% endif %}{% endfor %}";
    writeFileSync(path, JSON.stringify({ ...config, chat_template }));
    const messages = [ASK, say("assistant", "Here.")];
    expect(() => encodeExample(openChatReader(scratch), { messages })).toThrow(
      expect.objectContaining({
        code: "trainer/example",
        message: expect.stringContaining("before message 2"),
      }),
    );
  });
});

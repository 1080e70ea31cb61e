/** @file Tokens, chats and streams, against what tests/reference/text.py got of transformers. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { expandImages, loadTokenizer, type ChatMessage } from "./index.ts";

const FIXTURES = fileURLToPath(new URL("../../../tests/reference/fixtures/text/", import.meta.url));
const FOLDER = join(FIXTURES, "tokenizer");
const scratch = mkdtempSync(join(tmpdir(), "touchline-text-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const tokenizer = loadTokenizer(FOLDER);

interface Decoded {
  ids: number[];
  decoded: string;
  /** Without special tokens. */
  plain: string;
}
type Text = Decoded & { text: string };

function fixture<Row>(name: string): Row[] {
  return JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), "utf8")) as Row[];
}
const texts = fixture<Text>("texts");
const decodings: Decoded[] = [...texts, ...fixture<Decoded>("broken")];

describe("encode", () => {
  it.each(texts)("gives the ids of transformers for $text", ({ text, ids }) => {
    expect(tokenizer.encode(text)).toEqual(ids);
  });
});

describe("decode", () => {
  it.each(decodings)("gives the text of transformers for $ids", ({ ids, decoded, plain }) => {
    expect(tokenizer.decode(ids, { skipSpecial: false })).toBe(decoded);
    expect(tokenizer.decode(ids, { skipSpecial: true })).toBe(plain);
  });
});

describe("stream", () => {
  it.each(decodings)("adds up to the decoded text of $ids", ({ ids, decoded, plain }) => {
    for (const [skipSpecial, expected] of [
      [false, decoded],
      [true, plain],
    ] as const) {
      const stream = tokenizer.stream({ skipSpecial });
      expect(ids.map((id) => stream.push(id)).join("") + stream.end()).toBe(expected);
    }
  });

  it("holds a character back until its last byte", () => {
    const stream = tokenizer.stream({ skipSpecial: true });
    expect([164, 114, 111].map((id) => stream.push(id))).toEqual(["", "", "足"]);
    expect(stream.end()).toBe("");
  });
});

describe("renderChat", () => {
  interface Chat {
    messages: ChatMessage[];
    addGenerationPrompt: boolean;
    text: string;
    ids: number[];
  }
  it.each(fixture<Chat>("chats"))(
    "writes $messages as transformers does",
    ({ messages, text, ids, ...options }) => {
      const rendered = tokenizer.renderChat(messages, options);
      expect(rendered).toBe(text);
      expect(tokenizer.encode(rendered)).toEqual(ids);
    },
  );

  const hello: ChatMessage[] = [{ role: "user", content: "Hi" }];
  const options = { addGenerationPrompt: false };
  it.each([
    [
      "chat_template.json",
      JSON.stringify({ chat_template: "J {{ messages[0].content }} {{ eos_token }}" }),
      "J Hi <|im_end|>",
    ],
    ["chat_template.jinja", "F {{ messages[0]['content'] }}", "F Hi"],
  ])("takes the template of %s before that of the config", (name, content, expected) => {
    const folder = copy(name);
    writeFileSync(join(folder, name), content);
    expect(loadTokenizer(folder).renderChat(hello, options)).toBe(expected);
  });

  it("does without a template until one is needed", () => {
    const folder = copy("none");
    writeFileSync(join(folder, "tokenizer_config.json"), "{}");
    expect(() => loadTokenizer(folder).renderChat(hello, options)).toThrow(
      expect.objectContaining({ code: "model/chat-template" }),
    );
  });

  it("passes on why a template refuses the messages", () => {
    const folder = copy("refusal");
    writeFileSync(join(folder, "chat_template.jinja"), "{{ raise_exception('roles must alternate') }}");
    expect(() => loadTokenizer(folder).renderChat(hello, options)).toThrow(
      expect.objectContaining({ message: expect.stringContaining("roles must alternate") as string }),
    );
  });
});

describe("loadTokenizer", () => {
  it.each([
    ["tokenizer.json", undefined, "model/file"],
    ["tokenizer_config.json", undefined, "model/file"],
    ["tokenizer.json", '{"model": ', "model/not-json"],
    ["tokenizer.json", "[]", "model/config"],
    ["tokenizer.json", '{"model": {"type": "Unigram", "vocab": []}}', "model/config"],
    ["tokenizer_config.json", '{"chat_template": 3}', "model/config"],
    ["chat_template.jinja", "{% if %}", "model/chat-template"],
  ])("refuses %s of %j as %s and names it", (name, content, code) => {
    const folder = copy("bad");
    rmSync(join(folder, name), { force: true });
    if (content !== undefined) writeFileSync(join(folder, name), content);
    expect(() => loadTokenizer(folder)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(join(folder, name)) as string }),
    );
  });
});

describe("expandImages", () => {
  it("gives each picture its tokens", () => {
    const grids: [number, number, number][] = [
      [1, 4, 6],
      [2, 2, 2],
    ];
    expect(expandImages(`a${pads(1)}b${pads(1)}c`, grids, 2)).toBe(`a${pads(6)}b${pads(2)}c`);
    expect(expandImages("none", [], 2)).toBe("none");
  });

  it.each([0, 2])("refuses %i pictures for one place", (count) => {
    const grids = Array.from({ length: count }, (): [number, number, number] => [1, 2, 2]);
    expect(() => expandImages("<|image_pad|>", grids, 2)).toThrow(
      expect.objectContaining({ code: "model/image-count" }),
    );
  });
});

function pads(count: number): string {
  return "<|image_pad|>".repeat(count);
}

function copy(name: string): string {
  const folder = join(scratch, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  cpSync(FOLDER, folder, { recursive: true });
  return folder;
}

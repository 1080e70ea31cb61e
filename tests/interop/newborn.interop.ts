/** @file A model that Touchline makes from nothing, in transformers: the same tokens, the same chats, the same logits. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { integer, makeRandom } from "../../env/random.ts";
import { encodeChat, openChatReader, openLocalModel } from "../../agent/model/index.ts";
import { makeModel, newbornSchema } from "../../trainer/newborn/index.ts";
import { casesIn, fixtureFolder, inputsOf, temporaryFolder } from "./fixture.ts";
import { runPython } from "./python.ts";

const PIECES =
  "The ball is at 3, -12, 40. near_goal; Shoot. <think> </think> <answer> <|im_end|> <|image_pad <|vision_pad|> \n\n \t é e\u0301 ﬁ 球 👩🏽‍🚀 ٣ \u00a0 \u2003 \u0085 \ufeff \u0000 -0.5e-7 130, 131, (x=1) __a ? ... Ⅷ".split(
    " ",
  );

const fixture = fixtureFolder("tied");
const cases = casesIn(fixture);
const model = join(temporaryFolder(), "model");
beforeAll(() =>
  makeModel(model, newbornSchema.parse({ seed: 3 }), ["The ball is at 3, -12.", "Shoot. near_goal"]),
);

/** Pieces and single characters of any plane, some with spaces between. */
function randomTexts(count: number): string[] {
  const random = makeRandom(11);
  const piece = (): string => {
    if (integer(random, 4) > 0) return PIECES[integer(random, PIECES.length)]!;
    // From U+E000 on, so that none is half of a pair.
    const code = [integer(random, 0x250), integer(random, 0xd800), 0xe000 + integer(random, 0x102000)];
    return String.fromCodePoint(code[integer(random, 3)]!);
  };
  const gap = (): string => [" ", "", "", "  "][integer(random, 4)]!;
  return Array.from({ length: count }, () =>
    Array.from({ length: integer(random, 20) }, () => piece() + gap()).join(""),
  );
}

test("its processor gives texts and chats the same ids, and texts back", async () => {
  const texts = randomTexts(200);
  const prompts = cases.flatMap(({ input }) => input);
  const chats = prompts.map(({ messages, images }) => ({
    messages,
    images: images.map((path) => join(fixture, path)),
  }));
  const inputs = join(temporaryFolder(), "inputs.json");
  writeFileSync(inputs, JSON.stringify({ texts, chats }));
  const found = runPython("process.py", model, inputs) as {
    texts: number[][];
    decoded: string[];
    chats: number[][];
  };
  const reader = openChatReader(model);
  const own = texts.map((text) => reader.tokenizer.encode(text));
  expect(found.texts).toEqual(own);
  expect(found.decoded).toEqual(own.map((ids) => reader.tokenizer.decode(ids, { skipSpecial: true })));
  expect(own.map((ids) => reader.tokenizer.decode(ids, { skipSpecial: false }))).toEqual(texts);
  const read = await inputsOf(fixture, { input: prompts });
  expect(found.chats).toEqual(read.map((chat) => encodeChat(reader, chat).ids));
});

test("its weights are all found, and give the same logits", async () => {
  const folder = temporaryFolder();
  const own = await openLocalModel(model, { threads: 1 });
  const computed: object[] = [];
  for (const { name, input } of cases) {
    const rows = await own.logits(await inputsOf(fixture, { input }), { all: true });
    const file = `${name}.logits.f32`;
    writeFileSync(
      join(folder, file),
      Buffer.concat(rows.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))),
    );
    const images = (paths: string[]): string[] => paths.map((path) => join(fixture, path));
    computed.push({
      name,
      input: input.map((chat) => Object.assign({}, chat, { images: images(chat.images) })),
      logits: { file },
    });
  }
  await own.close();
  writeFileSync(join(folder, "expected.json"), JSON.stringify({ cases: computed }));
  const [found] = runPython("load_folder.py", model, folder) as [{ differences: Record<string, number> }];
  expect(found).toMatchObject({ missing_keys: [], unexpected_keys: [], mismatched_keys: [] });
  expect(Object.keys(found.differences)).toEqual(cases.map(({ name }) => name));
  for (const difference of Object.values(found.differences)) expect(difference).toBeLessThan(1e-4);
});

/** @file A model in a thread of its own: the caller's loop stays free, and what runs can be ended. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ChatInput,
  type ChatModel,
  type Generated,
  openModel,
  type TokenEvent,
} from "../../agent/model/index.ts";
import { fixtureFolder, readCases, readInputs } from "../reference/fixture.ts";
import { folderOf } from "./tiny-folder.ts";

const TIED = join(fixtureFolder("tied"), "model");
const [text, image] = readCases("tied");
const greedy = { ids: text!.greedy[0]!.ids, text: text!.greedy[0]!.text };

let model: ChatModel;
let chat: ChatInput;
let withPicture: ChatInput;
beforeAll(async () => {
  model = await openModel(TIED, { threads: 1 });
  [chat] = (await readInputs("tied", text!)) as [ChatInput];
  [withPicture] = (await readInputs("tied", image!)) as [ChatInput];
});
afterAll(() => model.close());

/** That the thread does what it did before. */
async function expectWell(): Promise<void> {
  const [[written]] = (await model.generate([{ ...chat, maxTokens: 64 }])) as [[Generated]];
  expect(written.text).toBe(greedy.text);
}

describe("while a model works in its thread", () => {
  it("timers of the caller go on, also while the graph runs without a pause", async () => {
    const inputs = Array.from({ length: 200 }, () => ({
      messages: [{ role: "user", content: "ball ".repeat(180) }],
    }));
    const ticks: number[] = [performance.now()];
    const timer = setInterval(() => ticks.push(performance.now()), 5);
    await model.logits(inputs);
    clearInterval(timer);
    ticks.push(performance.now());
    const gaps = ticks.slice(1).map((at, i) => at - ticks[i]!);
    const elapsed = ticks.at(-1)! - ticks[0]!;
    // Else the run is too short to show anything.
    expect(elapsed).toBeGreaterThan(100);
    expect(Math.max(...gaps)).toBeLessThan(elapsed / 2);
    expect(ticks.length).toBeGreaterThan(elapsed / 5 / 4);
  });

  it("tokens come one by one, and their pieces add up to the texts", async () => {
    const events: TokenEvent[] = [];
    let isDone = false;
    const requests = [chat, withPicture].map(({ messages, images = [] }) => ({
      messages,
      images,
      seeds: [1, 2],
      temperature: 1,
      maxTokens: 40,
    }));
    const early: boolean[] = [];
    const written = await model
      .generate(requests, {
        onToken: (event) => {
          events.push(event);
          early.push(!isDone);
        },
      })
      .finally(() => (isDone = true));
    expect(early).not.toContain(false);
    written.forEach((samples, request) =>
      samples.forEach((sample, place) => {
        const own = events.filter((event) => event.request === request && event.sample === place);
        expect(own.map(({ id }) => id)).toEqual(sample.tokens.map(({ id }) => id));
        expect(own.map(({ text }) => text).join("")).toBe(sample.text);
      }),
    );
    // All four at the same time, not one after the other.
    expect(events.slice(0, 4).map(({ request, sample }) => [request, sample])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
  });

  it("requests are answered in turn, each with its own", async () => {
    const before = await model.seconds();
    const [first, logits, second] = await Promise.all([
      model.generate([{ ...chat, maxTokens: 5 }]),
      model.logits([withPicture]),
      model.generate([{ ...withPicture, maxTokens: 5 }]),
    ]);
    expect(first[0]![0]!.tokens.map(({ id }) => id)).toEqual(greedy.ids.slice(0, 5));
    const values = logits[0]!.data;
    expect(values.indexOf(Math.max(...values))).toBe(image!.greedy[0]!.ids[0]);
    expect(second[0]![0]!.tokens.map(({ id }) => id)).toEqual(image!.greedy[0]!.ids.slice(0, 5));
    expect(await model.seconds()).toBeGreaterThan(before);
  });
});

describe("an abort signal", () => {
  it("ends texts where they are, and the thread goes on answering", async () => {
    const abort = new AbortController();
    let tokens = 0;
    const requests = Array.from({ length: 6 }, () => ({ ...chat, maxTokens: 900 }));
    const written = await model.generate(requests, {
      batchSize: 2,
      signal: abort.signal,
      onToken: () => {
        if (++tokens === 20) abort.abort();
      },
    });
    const [first, second, ...waiting] = written.map(([sample]) => sample!);
    for (const { finish, tokens, text } of [first!, second!]) {
      expect(finish).toBe("cancelled");
      expect(tokens.length).toBeGreaterThanOrEqual(10);
      expect(tokens.length).toBeLessThan(900);
      expect(tokens.slice(0, 10).map(({ id }) => id)).toEqual(greedy.ids.slice(0, 10));
      expect(text.slice(0, 5)).toBe(greedy.text.slice(0, 5));
    }
    expect(waiting.map(({ finish, tokens, text }) => [finish, tokens, text])).toEqual(
      waiting.map(() => ["cancelled", [], ""]),
    );
    await expectWell();
  });

  it("that was aborted before ends a text as soon as the thread hears of it", async () => {
    const [[written]] = (await model.generate([{ ...chat, maxTokens: 900 }], {
      signal: AbortSignal.abort(),
    })) as [[Generated]];
    expect(written.finish).toBe("cancelled");
    expect(written.tokens.length).toBeLessThan(64);
    await expectWell();
  });

  it("ends its own request only, also one that still waits", async () => {
    const abort = new AbortController();
    const going = model.generate([{ ...chat, maxTokens: 64 }], { onToken: () => abort.abort() });
    const cancelled = model.generate([{ ...chat, maxTokens: 900 }], { signal: abort.signal });
    expect(await going).toMatchObject([[{ text: greedy.text, finish: "length" }]]);
    expect(await cancelled).toMatchObject([[{ finish: "cancelled" }]]);
  });

  it("that aborts afterwards changes nothing", async () => {
    const abort = new AbortController();
    const [[written]] = (await model.generate([{ ...chat, maxTokens: 4 }], { signal: abort.signal })) as [
      [Generated],
    ];
    abort.abort();
    expect(written.finish).toBe("length");
    await expectWell();
  });
});

describe("errors", () => {
  it("come through with code and sentence, and the thread goes on", async () => {
    await expect(model.generate([{ ...chat, topP: 2 }])).rejects.toMatchObject({
      name: "TouchlineError",
      code: "model/request",
      message: "topP is 2; expected a number above 0, up to 1.",
    });
    await expectWell();
  });

  it("of a folder that is no model name what is missing", async () => {
    await expect(openModel(folderOf())).rejects.toMatchObject({
      code: "model/file",
      message: expect.stringContaining("config.json") as string,
    });
  });

  it("tell a caller that the model was closed", async () => {
    const other = await openModel(TIED, { threads: 1 });
    const lost = other.generate([{ ...chat, maxTokens: 900 }]);
    const refused = expect(lost).rejects.toMatchObject({ code: "model/thread-lost" });
    await other.close();
    await refused;
    await expect(other.logits([chat])).rejects.toMatchObject({ code: "model/thread-lost" });
  });
});

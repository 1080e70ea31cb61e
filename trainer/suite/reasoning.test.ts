/** @file Our own questions as suites: the same for the same seed, held out, and judged by the rule that training rewards with. */
import { describe, expect, test } from "vitest";
import sharp from "sharp";
import { TRAINING_SEEDS_FROM } from "../question/index.ts";
import { loadSuite, type Read, type Sample, type Suite } from "./index.ts";

async function take(suite: Suite, seed: number, limit: number): Promise<Sample[]> {
  const found: Read[] = [];
  for await (const read of suite.read({ seed, limit })) found.push(read);
  return found as Sample[];
}

const said = (text: string) => ({ text, truncated: false });
const by = { scoring: "official", seed: 1 } as const;

describe.each(["reasoning-text", "reasoning-frames"])("%s", (name) => {
  const suite = loadSuite(name);

  test("needs no data, and is a function of the seed that a limit only cuts", async () => {
    const [long, short, other] = [await take(suite, 4, 25), await take(suite, 4, 7), await take(suite, 5, 7)];
    expect(long).toHaveLength(25);
    expect(long.slice(0, 7)).toEqual(short);
    expect(other.map(({ messages }) => messages)).not.toEqual(short.map(({ messages }) => messages));
    expect(new Set(long.map(({ id }) => id)).size).toBe(25);
    expect(new Set(long.map(({ categories }) => categories["kind"])).size).toBeGreaterThan(4);
    for (const { cluster, categories, pictures } of long) {
      expect(pictures).toHaveLength(name === "reasoning-frames" ? 1 : 0);
      // Episodes that are trained on have seeds from there up.
      if (categories["scenario"]) expect(Number(cluster.split("-").at(-1))).toBeLessThan(TRAINING_SEEDS_FROM);
    }
    if (name === "reasoning-frames") {
      expect(await sharp(long[0]!.pictures[0]).metadata()).toMatchObject({
        format: "png",
        width: 168,
        height: 112,
      });
    }
  });

  test("the gold is right wherever it stands, and other answers are wrong", async () => {
    for (const sample of await take(suite, 9, 20)) {
      const { gold } = sample;
      for (const text of [
        `<think>x</think><answer>${gold}</answer>`,
        `\\boxed{${gold}}`,
        gold,
        `The answer is ${gold}.`,
      ]) {
        expect(await suite.score(sample, said(text), by), `${gold}: ${text}`).toMatchObject({
          outcome: "right",
          score: 1,
        });
      }
      expect(await suite.score(sample, said("<answer>999 999</answer>"), by)).toMatchObject({
        outcome: "wrong",
      });
      expect(await suite.score(sample, said(gold), { ...by, scoring: "strict" })).toMatchObject({
        outcome: "unparsed",
      });
      expect(await suite.score(sample, { text: "<think>Me 31", truncated: true }, by)).toMatchObject({
        outcome: "truncated",
      });
    }
  });
});

test("other answers that are as right, and places that are near enough on a frame", async () => {
  const [sample] = await take(loadSuite("reasoning-text"), 1, 1);
  const asked = { ...sample!, gold: "7", details: { kind: "lane", also: ["9"] } };
  const text = loadSuite("reasoning-text");
  expect(await text.score(asked, said("<answer>9</answer>"), by)).toMatchObject({ outcome: "right" });
  expect(await text.score(asked, said("<answer>8</answer>"), by)).toMatchObject({ outcome: "wrong" });
  const place = { ...sample!, gold: "30 -10", details: { kind: "look", also: [] } };
  expect(await loadSuite("reasoning-frames").score(place, said("<answer>32 -9</answer>"), by)).toMatchObject({
    outcome: "right",
  });
  expect(await text.score(place, said("<answer>32 -9</answer>"), by)).toMatchObject({ outcome: "wrong" });
});

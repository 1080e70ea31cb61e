/** @file A suite of the tests' own: sums, some shown in a picture, right or wrong or not answered at all. */
import { encodePng } from "../../agent/frame/index.ts";
import type { Read, Scored, Suite } from "../../trainer/suite/suite.ts";

export interface SumsOptions {
  count?: number;
  /** Every so many samples have a picture; 0: none. */
  pictured?: number;
  /** Rows that come before the others. */
  before?: readonly Read[];
  /** What the question begins with. */
  opening?: string;
}

/** `strict` takes only the bare number for an answer; a gold of 13 is nothing that it can judge without a judge. */
export function sums({
  count = 12,
  pictured = 0,
  before = [],
  opening = "What is",
}: SumsOptions = {}): Suite {
  return {
    name: "sums",
    about: "Sums of small numbers.",
    scorings: ["official", "strict"],
    headline: "micro",
    async *read({ limit = count }) {
      yield* before;
      const picture = await encodePng({ width: 60, height: 40, data: new Uint8Array(60 * 40 * 3).fill(90) });
      for (let i = 0; i < Math.min(count, limit); i++) {
        const words = `${opening} ${i} + ${i % 7}?`;
        const shown = pictured > 0 && i % pictured === 0;
        yield {
          id: `sum-${i}`,
          cluster: `sum-${i}`,
          categories: { size: i < 5 ? "small" : "large", parity: i % 2 === 0 ? "even" : "odd" },
          messages: [
            {
              role: "user",
              content: shown ? [{ type: "image" }, { type: "text", text: words }] : words,
            },
          ],
          pictures: shown ? [picture] : [],
          gold: String(i + (i % 7)),
        };
      }
    },
    score: async (sample, { text, truncated, refused }, { scoring, judge, seed }): Promise<Scored> => {
      const found = /<answer>([^<]*)<\/answer>/.exec(text)?.[1] ?? null;
      if (found === null) {
        const outcome = refused ? "refused" : truncated ? "truncated" : "unparsed";
        return { outcome, score: 0, extracted: null, reason: "No answer stands between answer tags." };
      }
      const said = scoring === "strict" ? found : (/\d+/.exec(found)?.[0] ?? found);
      const isRight = judge
        ? (await judge(`Is "${said}" the same as "${sample.gold}"?`, { maxTokens: 4, seed })) === "yes"
        : said === sample.gold;
      const reason = isRight ? "They are the same." : `"${said}" is not "${sample.gold}".`;
      return { outcome: isRight ? "right" : "wrong", score: isRight ? 1 : 0, extracted: said, reason };
    },
  };
}

/**
 * @file The verifier of mathematics on one core: `npm run bench:grading`. As one JSON document: of each file of pairs how many are
 * told and how many wrong answers are taken, what a verdict takes, and what the slowest of the hostile answers does, in milliseconds.
 */
import { verifyMathematics } from "../../trainer/mathematics/index.ts";
import { HOSTILE } from "../mathematics/hostile.ts";
import { outsiderPairs } from "../mathematics/outsider.ts";
import { type Pair, pairsOf } from "../mathematics/pairs.ts";

const TABLES = ["held-out.tsv", "classes.tsv", "review.tsv", "hunted.tsv"];
const LINES = ["outsider", "outsider-second", "outsider-third", "outsider-attacks"];

function ms(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
const at = (sorted: readonly number[], share: number): number =>
  round(sorted[Math.floor(share * (sorted.length - 1))]!);

const files: readonly (readonly [string, readonly Pair[]])[] = [
  ...TABLES.map((file) => [file, pairsOf(file)] as const),
  ...LINES.map((name) => {
    const file = `${name}.jsonl`;
    return [
      file,
      outsiderPairs(file).map((pair) => ({
        class: pair.class,
        gold: pair.gold,
        answer: pair.pred,
        isSame: pair.label === 1,
      })),
    ] as const;
  }),
];

const isTaken = ({ gold, answer }: Pair): boolean => verifyMathematics(answer, gold).score === 1;

const firstMs = ms(() => verifyMathematics("1", "1"));
const told = files.map(([file, pairs]) => {
  const wrong = pairs.filter(({ isSame }) => !isSame);
  return {
    file,
    pairs: pairs.length,
    told: pairs.filter((pair) => isTaken(pair) === pair.isSame).length,
    wrong: wrong.length,
    taken: wrong.filter(isTaken).length,
  };
});
// All pairs have been looked at once: what is measured is no start of the machine.
const all = files.flatMap(([, pairs]) => pairs);
const times = all
  .map(({ gold, answer }) => ms(() => verifyMathematics(answer, gold)))
  .toSorted((a, b) => a - b);
const hostile = HOSTILE.map(([name, answer, gold]) => ({
  name,
  ms: round(Math.min(...Array.from({ length: 3 }, () => ms(() => verifyMathematics(answer, gold))))),
})).toSorted((a, b) => b.ms - a.ms);

console.log(
  JSON.stringify(
    {
      files: told,
      firstMs: round(firstMs),
      verdictMs: { pairs: all.length, median: at(times, 0.5), p99: at(times, 0.99), most: at(times, 1) },
      hostile: { answers: hostile.length, slowest: hostile.slice(0, 3) },
    },
    null,
    2,
  ),
);

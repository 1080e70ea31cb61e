/** @file docs/QUESTIONS.md against the questions: each example is one that is asked, of the moment that the page tells. */
import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { Drill } from "../../agent/match/index.ts";
import { makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";
import {
  factsOf,
  type Moment,
  type Place,
  type Question,
  QUESTION_KINDS,
  type QuestionKind,
  type Sight,
  SOKOBAN_DEFAULTS,
} from "../../trainer/question/index.ts";
import { drawLevel } from "../../trainer/sokoban/index.ts";

const page = readFileSync(new URL("../../docs/QUESTIONS.md", import.meta.url), "utf8");
const KINDS = Object.keys(QUESTION_KINDS) as QuestionKind[];

const facts = /^Me .*$/m.exec(page)![0];

function numbersAfter(word: string): number[][] {
  const sentence = new RegExp(`${word} ([^.]*)\\.`).exec(facts)![1]!;
  return sentence.split(", ").map((part) => part.split(" ").map(Number));
}
const placeOf = ([x, y]: number[]): Place => ({ x: x!, y: y! });

const sight: Sight = {
  me: placeOf(numbersAfter("Me")[0]!),
  ball: placeOf(numbersAfter("Ball")[0]!),
  keeper: placeOf(numbersAfter("Keeper")[0]!),
  opponents: numbersAfter("They").map(placeOf),
  mates: numbersAfter("We").map(([number, ...at]) => Object.assign({ number: number! }, placeOf(at))),
};
const frame = { width: 1, height: 1, data: new Uint8Array(3) };
// Where actions are tried out: the page tells of no match.
const drill = await Drill.make(loadScenario("academy_empty_goal_close"), {
  actions: "semantic",
  decisionSteps: 2,
});
drill.start(0, false);
afterAll(() => drill.close());
const moment: Moment = {
  scenario: "page",
  seed: 0,
  step: 0,
  frame,
  sight,
  advice: "pass_to 7",
  fork: { drill, snapshot: drill.snapshot(), branches: 4 },
};

function asked(name: QuestionKind, seed: number): Question | undefined {
  const kind = QUESTION_KINDS[name];
  const random = makeRandom(seed);
  if (kind.about === "words") return kind.make(random);
  if (kind.about === "pitch") return kind.make(random, moment);
  return kind.make(drawLevel(random, ["7x7x1"], false), SOKOBAN_DEFAULTS);
}

const rows = [...page.matchAll(/^\| `(\w+)` \| ([^|]+[?.]) \| ([^|]+) \| ([^|]+) \|$/gm)];

test("the moment is told as the page tells it", () => {
  expect(factsOf(sight)).toBe(facts);
});

test("every kind has an example and a rule", () => {
  expect([...new Set(rows.map(([, kind]) => kind))]).toEqual(KINDS);
  const ofKinds = /^## The kinds$.*?(?=^## )/ms.exec(page)![0];
  const rules = [...ofKinds.matchAll(/^\| `(\w+)` \| [^|]+ \|$/gm)].map(([, kind]) => kind);
  expect(rules).toEqual(KINDS);
});

test.each(rows.map(([, kind, ask, think, gold]) => [kind as QuestionKind, ask!, think!, gold!] as const))(
  "%s: %s",
  (kind, ask, think, gold) => {
    const questions = Array.from({ length: 300 }, (_, seed) => asked(kind, seed));
    expect(questions.find((one) => one?.ask === ask)).toMatchObject({ think, gold });
  },
);

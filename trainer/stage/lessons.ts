/** @file What is imitated: examples of files, in an order that is shuffled anew in each pass, or questions without end. */
import { chance, integer, makeRandom, nextUint32, type Random } from "../../env/random.ts";
import type { ChatReader } from "../../agent/model/index.ts";
import type { PlayStyle } from "../../agent/protocol/index.ts";
import { type Dataset, sequenceOf } from "../data/index.ts";
import { encodeExample, type Sequence } from "../learner/index.ts";
import {
  answeredChat,
  drawQuestions,
  MomentSource,
  plausible,
  type Question,
  thoughtFor,
} from "../question/index.ts";
import type { SftRecipe } from "../recipes/index.ts";
import { askedScenarios, sokobanOf } from "./asked.ts";
import { makeOrder, type Place } from "./order.ts";

export interface Lesson {
  /** Tokens, and how many of them are learned. */
  length: number;
  learned: number;
  /** What the learner takes. Throws as `readPicture`. */
  load: () => Promise<Sequence>;
}

export interface Lessons {
  /** In a pass; 0 for those without end. */
  examples: number;
  leftOut: number;
  /** The same text for the same lessons. */
  fingerprint: string;
  /** Those of a step, and where the run stands after it. */
  draw(place: Place): Promise<{ lessons: Lesson[]; place: Place }>;
  /** Steps from a place to the end of a pass, `epochs` in all. */
  stepsLeft(place: Place, epochs: number): number;
  /** A step of the longest, and one of the longest with pictures, to know what they will take. */
  longest(): Promise<Lesson[][]>;
  close(): void;
}

export function lessonsOf({ examples }: Dataset, reader: ChatReader): Lesson[] {
  return examples.map((example) => ({
    length: example.ids.length,
    learned: example.learned.length,
    load: () => sequenceOf(example, reader),
  }));
}

export function datasetLessons(
  data: Dataset,
  reader: ChatReader,
  { batchSize, seed }: Pick<SftRecipe, "batchSize" | "seed">,
): Lessons {
  const { examples, leftOut, fingerprint } = data;
  const order = makeOrder(examples.length, batchSize, seed);
  const lessons = lessonsOf(data, reader);
  const longestOf = (places: readonly number[]): Lesson[] =>
    places
      .toSorted((a, b) => lessons[b]!.length - lessons[a]!.length)
      .slice(0, batchSize)
      .map((place) => lessons[place]!);
  return {
    examples: examples.length,
    leftOut,
    fingerprint,
    draw: (place) => {
      const drawn = order.draw(place);
      return Promise.resolve({
        lessons: drawn.members.map((member) => lessons[member]!),
        place: drawn.place,
      });
    },
    stepsLeft: (place, epochs) => order.stepsLeft(place, epochs),
    longest: () => {
      const all = [...lessons.keys()];
      const withPictures = all.filter((place) => examples[place]!.images.length > 0);
      return Promise.resolve([longestOf(all), longestOf(withPictures)]);
    },
    close: () => undefined,
  };
}

/** Steps whose questions are drawn together. */
const BLOCK_STEPS = 16;

/** Each step's questions are a function of the seed and its number. */
export async function questionLessons(
  questions: NonNullable<SftRecipe["questions"]>,
  reader: ChatReader,
  { batchSize, seed, style }: { batchSize: number; seed: number; style: PlayStyle },
): Promise<Lessons> {
  const { mix, inWords, noise } = questions;
  const decisionSteps = style.decisionSteps === "adaptive" ? 1 : style.decisionSteps;
  const source = await MomentSource.make(askedScenarios(questions), {
    frame: style.frame,
    decisionSteps,
  });
  const blunder = (question: Question, random: Random): Question => {
    const { scenario, sight } = question.moment!;
    const actions = plausible(source.drill(scenario));
    const gold = actions[integer(random, actions.length)]!;
    return { ...question, gold, think: thoughtFor(sight, gold) };
  };
  // Many at once, for what is rare must be waited for in any case.
  let block = { number: -1, lessons: [] as (() => Lesson)[] };
  const drawBlock = (number: number): void => {
    if (block.number === number) return;
    const random = makeRandom(seed, 0x10000 + number);
    const drawn = drawQuestions(source, mix, nextUint32(random), BLOCK_STEPS * batchSize, {
      sokoban: sokobanOf(questions, style),
    });
    const lessons = drawn.map((question) => {
      const own = question.kind === "play" && chance(random, noise) ? blunder(question, random) : question;
      const shown = chance(random, inWords) ? "words" : "frame";
      return () => lessonOf(own, shown);
    });
    block = { number, lessons };
  };
  const draw = (step: number): Lesson[] => {
    drawBlock(Math.floor(step / BLOCK_STEPS));
    const start = (step % BLOCK_STEPS) * batchSize;
    return block.lessons.slice(start, start + batchSize).map((lesson) => lesson());
  };
  const lessonOf = (question: Question, shown: "words" | "frame"): Lesson => {
    const sequence = encodeExample(reader, answeredChat(question, shown));
    return {
      length: sequence.ids.length,
      learned: sequence.learned.length,
      load: () => Promise.resolve(sequence),
    };
  };
  return {
    examples: 0,
    leftOut: 0,
    fingerprint: `questions ${JSON.stringify({ ...questions, seed })}`,
    draw: ({ epoch, next }) =>
      Promise.resolve({ lessons: draw(next / batchSize), place: { epoch, next: next + batchSize } }),
    stepsLeft: () => 0,
    longest: () => Promise.resolve([draw(0)]),
    close: () => source.close(),
  };
}

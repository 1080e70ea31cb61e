/** @file Questions by a mix of kinds, seeded and endless. */
import { TouchlineError, unknownName } from "../../env/error.ts";
import { makeRandom, nextUint32, type Random, uniform } from "../../env/random.ts";
import { drawLevel, textHash } from "../sokoban/index.ts";
import { QUESTION_KINDS, type QuestionKind, SOKOBAN_DEFAULTS, type SokobanSettings } from "./kinds/index.ts";
import { pick } from "./chance.ts";
import type { Moment, MomentSource } from "./moments.ts";
import type { Question } from "./question.ts";
import { words } from "./thought.ts";

/** How often each kind comes, against the others. */
export type QuestionMix = Partial<Record<QuestionKind, number>>;

export interface DrawOptions {
  /** Of questions in words alone, and of levels: only those that are never drawn otherwise, about one of ten. */
  heldOut?: boolean;
  /** Only those with one right answer, for readers who know of no other. */
  oneAnswer?: boolean;
  /** How Sokoban is asked. */
  sokoban?: Partial<SokobanSettings>;
}

/** One place in what is drawn. */
interface Want {
  place: number;
  kind: QuestionKind;
  /** The sort of answer that it is to have. */
  gold?: RegExp | undefined;
}

/** Moments that are played at a time. */
const BATCH = 32;
/** After so many moments in a row that served for nothing any answer will do; after as many again it is given up. */
const PATIENCE = 320;

/**
 * So many questions, the same for the same seed and source. A moment of play is asked about once at most, and not
 * where two figures stand at one place. Kinds with `evenly` have their sorts of answers equally often, as far as play offers them.
 * @throws TouchlineError `question/mix` for weights that are not right, `question/source` where a kind about the pitch has no
 * moments, `question/none` where the scenarios do not lend themselves to a kind.
 */
export function drawQuestions(
  source: MomentSource | undefined,
  mix: QuestionMix,
  seed: number,
  count: number,
  { heldOut = false, oneAnswer = false, sokoban = {} }: DrawOptions = {},
): Question[] {
  const chances = checkMix(mix);
  const random = makeRandom(seed, 12);
  const settings = { ...SOKOBAN_DEFAULTS, ...sokoban };
  const found: Question[] = [];
  const wants: Want[] = [];
  for (let place = 0; place < count; place++) {
    const name = byWeight(random, chances);
    const kind = QUESTION_KINDS[name];
    if (kind.about === "words") found[place] = drawWords(random, kind.make, heldOut);
    else if (kind.about === "level")
      found[place] = kind.make(drawLevel(random, settings.sizes, heldOut), settings);
    else wants.push({ place, kind: name, gold: "evenly" in kind ? pick(random, kind.evenly) : undefined });
  }
  const ask: Ask = (name, moment) => {
    const { about, make } = QUESTION_KINDS[name];
    const question = about === "pitch" ? make(random, moment) : undefined;
    return oneAnswer && question?.also ? undefined : question;
  };
  if (wants.length > 0) answerWants(momentsOf(needSource(source, wants), random), ask, wants, found);
  return found;
}

/** Whether any of these kinds is about moments of play. */
export function asksOfPlay(mix: QuestionMix): boolean {
  return Object.keys(mix).some((kind) => QUESTION_KINDS[kind as QuestionKind]?.about === "pitch");
}

function drawWords(random: Random, make: (random: Random) => Question, heldOut: boolean): Question {
  for (;;) {
    const question = make(random);
    if (isHeldOut(question) === heldOut) return question;
  }
}

/** By what is asked, for seeds do not keep apart what is made of small numbers. */
export function isHeldOut({ ask }: Question): boolean {
  return textHash(ask) % 10 === 0;
}

/** Without end. */
function* momentsOf(source: MomentSource, random: Random): Generator<Moment, never> {
  for (;;) yield* source.take(nextUint32(random), BATCH);
}

/** Of two at one place a frame shows but the upper. */
function isClear({ sight: { me, keeper, opponents, mates } }: Moment): boolean {
  const places = [me, keeper ?? [], opponents, mates].flat().map(words);
  return new Set(places).size === places.length;
}

type Ask = (kind: QuestionKind, moment: Moment) => Question | undefined;

/** Fills each place with the first moment that lends itself to it. */
function answerWants(moments: Iterable<Moment>, ask: Ask, wants: Want[], found: Question[]): void {
  let idle = 0;
  for (const moment of moments) {
    const served = isClear(moment) ? firstServed(wants, ask, moment) : undefined;
    if (served) {
      found[served.want.place] = served.question;
      wants.splice(wants.indexOf(served.want), 1);
      if (wants.length === 0) return;
      idle = 0;
    } else if (++idle === PATIENCE) {
      for (const want of wants) delete want.gold;
    } else if (idle === 2 * PATIENCE) {
      throw noMoment(wants);
    }
  }
}

/** Of all places with the same kind and sort only the first is tried. */
function firstServed(
  wants: readonly Want[],
  ask: Ask,
  moment: Moment,
): { want: Want; question: Question } | undefined {
  const tried = new Set<string>();
  for (const want of wants) {
    const { kind, gold } = want;
    const sort = `${kind} ${gold}`;
    if (tried.has(sort)) continue;
    tried.add(sort);
    const question = ask(kind, moment);
    if (question && (gold?.test(question.gold) ?? true)) return { want, question };
  }
  return undefined;
}

function byWeight(random: Random, chances: readonly [QuestionKind, number][]): QuestionKind {
  const sum = chances.reduce((all, [, weight]) => all + weight, 0);
  let left = uniform(random) * sum;
  for (const [kind, weight] of chances) if ((left -= weight) < 0) return kind;
  return chances.at(-1)![0];
}

function checkMix(mix: QuestionMix): [QuestionKind, number][] {
  const entries = Object.entries(mix) as [QuestionKind, number][];
  for (const [kind, weight] of entries) {
    if (!Object.hasOwn(QUESTION_KINDS, kind)) {
      const known = Object.keys(QUESTION_KINDS);
      throw new TouchlineError("question/mix", unknownName("kind of question", kind, known));
    }
    if (!(weight >= 0 && weight < Infinity)) {
      const wrong = `The weight of "${kind}" is ${weight}; expected a number from 0 up.`;
      throw new TouchlineError("question/mix", wrong);
    }
  }
  const chances = entries.filter(([, weight]) => weight > 0);
  if (chances.length > 0) return chances;
  throw new TouchlineError("question/mix", "The mix has no kind with a weight above 0; give at least one.");
}

function needSource(source: MomentSource | undefined, [first]: readonly Want[]): MomentSource {
  if (source) return source;
  throw new TouchlineError(
    "question/source",
    `Questions of the kind "${first!.kind}" are about moments of play; give a MomentSource, or a mix of kinds in words alone.`,
  );
}

function noMoment(wants: readonly Want[]): TouchlineError {
  const kinds = [...new Set(wants.map(({ kind }) => kind))].join(", ");
  return new TouchlineError(
    "question/none",
    `In ${PATIENCE} moments of the scenarios there was nothing to ask of the kind ${kinds}; add scenarios with more players, or leave the kind out.`,
  );
}

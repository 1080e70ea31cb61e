/** @file Questions of our own about play, in words and on frames, as suites: no data are needed, and none of them was trained on. */
import { makeRandom, nextUint32 } from "../../env/random.ts";
import { encodePng } from "../../agent/frame/index.ts";
import { listScenarios } from "../../scenarios/load.ts";
import {
  answerText,
  askedChat,
  drawQuestions,
  judge,
  MomentSource,
  type Question,
  type QuestionMix,
  type Shown,
} from "../question/index.ts";
import { noAnswer, nothing, right, wrong } from "./outcome.ts";
import { findAnswer, MARKED, spokenIn } from "./spoken.ts";
import type { Answered, Read, Sample, Scored, Suite } from "./suite.ts";

/** Without a limit there are so many. */
const COUNT = 600;
/** Questions that are drawn at a time: their frames are in memory. */
const CHUNK = 20;
/** Moments of one episode are alike, and many of them say little more than a few. */
const PER_EPISODE = 3;
/** As models that are trained with recipes of ours see the pitch. */
const FRAME = { width: 168, height: 112, hud: false };

const PITCH: QuestionMix = { nearest: 1, distance: 1, lane: 1, offside: 1, keeper: 1, possession: 1 };
const WORDS: QuestionMix = { arithmetic: 2, geometry: 2 };

export const reasoningText: Suite = {
  name: "reasoning-text",
  about: "Touchline's own questions about sums, places and moments of play told in words; no data needed.",
  scorings: ["official", "strict"],
  headline: "micro",
  read: ({ seed, limit }) => draw({ ...WORDS, ...PITCH }, "words", seed, limit),
  score: (sample, answered, { scoring }) => score(sample, answered, "words", scoring === "strict"),
};

export const reasoningFrames: Suite = {
  name: "reasoning-frames",
  about: "Touchline's own questions about moments of play shown as frames; no data needed.",
  scorings: ["official", "strict"],
  headline: "micro",
  read: ({ seed, limit }) => draw({ ...PITCH, look: 1 }, "frame", seed, limit),
  score: (sample, answered, { scoring }) => score(sample, answered, "frame", scoring === "strict"),
};

/** Chunk by chunk, so that a limit cuts and changes nothing before it. */
async function* draw(mix: QuestionMix, shown: Shown, seed: number, limit = COUNT): AsyncGenerator<Read> {
  const scenarios = listScenarios().filter(({ suite }) => suite === "academy");
  const options = { frame: FRAME, decisionSteps: 2, heldOut: true, perEpisode: PER_EPISODE };
  const source = await MomentSource.make(scenarios, options);
  try {
    const random = makeRandom(seed, 14);
    for (let number = 0; number < limit;) {
      for (const question of drawQuestions(source, mix, nextUint32(random), CHUNK, { heldOut: true })) {
        if (number === limit) return;
        yield await sampleOf(question, shown, `${shown}-${seed}-${number++}`);
      }
    }
  } finally {
    source.close();
  }
}

async function sampleOf(question: Question, shown: Shown, id: string): Promise<Sample> {
  const { kind, moment, gold, also } = question;
  const { messages } = askedChat(question, shown);
  return {
    id,
    // Moments of one episode are alike.
    cluster: moment ? `${moment.scenario}-${moment.seed}` : id,
    categories: { kind, ...(moment && { scenario: moment.scenario }) },
    messages,
    pictures: moment && shown === "frame" ? [await encodePng(moment.frame)] : [],
    gold,
    details: { kind, also: also ?? [] },
  };
}

/** By the rule that training rewards with, on an answer wherever the response has it. */
async function score(sample: Sample, answered: Answered, shown: Shown, isStrict: boolean): Promise<Scored> {
  const { gold, details } = sample;
  const spoken = spokenIn(answered.text);
  const unmarked = answered.truncated || isStrict ? [] : (["bare"] as const);
  const found = findAnswer(spoken, isStrict ? ["block"] : [...MARKED, ...unmarked]);
  if (!found) return noAnswer(answered, spoken);
  const also = details?.["also"] as readonly string[] | undefined;
  const question = { kind: String(details?.["kind"]), ask: "", think: "", gold, ...(also && { also }) };
  const { accuracy } = await judge(question, answerText("", found.text), { shown });
  if (accuracy === null)
    return nothing("gold_error", `The right answer "${gold}" cannot be read.`, found.text);
  return accuracy === 1
    ? right(
        found.text,
        `"${found.text}" is the right answer ${gold}${shown === "frame" ? ", or near enough" : ""}.`,
      )
    : wrong(found.text, `"${found.text}" is not the right answer ${gold}.`);
}

/**
 * @file What many matches at once bring a model that plays by words: `npm run bench:play`. One match and 32 that
 * share its batch, in turns; a random model of 5.6 million parameters, whose answers are all as long as they may be.
 * Medians as one JSON document.
 */
import { join } from "node:path";
import { folderAnswerer } from "../../agent/answerer/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { rollout } from "../../trainer/rollout/index.ts";
import { SMALL, writeCheckpoint } from "./model/checkpoint.ts";

const FOLDER = join("runs", "bench", "model-5m");
const MATCHES = 32;
const TURNS = 3;
/** The policy's own limit, which a random model always reaches. */
const ANSWER_TOKENS = 256;
/** Decisions of each match in a turn. */
const DECISIONS = 2;
const FRAMES = [
  { width: 448, height: 288 },
  { width: 224, height: 144 },
];

writeCheckpoint(FOLDER, SMALL);
const policy = `dir:${FOLDER}`;
const scenario = { ...loadScenario("academy_empty_goal"), steps: DECISIONS };

interface Played {
  seconds: number;
  decisions: number;
  promptTokens: number;
  hashes: string[];
}

async function play(frame: (typeof FRAMES)[0], matches: number, maxTokens: number): Promise<Played> {
  const seeds = Array.from({ length: matches }, (_, i) => i);
  const task = { scenario, policy, words: { maxTokens, memory: { answers: 0 } }, decisionSteps: 1, frame };
  const { episodes, failures, seconds } = await rollout(task, { seeds, workers: 1, concurrency: matches });
  if (failures.length > 0) throw new Error(failures[0]!.message);
  const decisions = episodes.reduce((total, episode) => total + episode.decisions, 0);
  const promptTokens = episodes.reduce((total, episode) => total + episode.promptTokens, 0);
  return { seconds, decisions, promptTokens, hashes: episodes.map(({ hash }) => hash) };
}

/** Rates of whole answers, and of their tokens after the first, which come without the reading of the prompt. */
async function turn(frame: (typeof FRAMES)[0], matches: number) {
  const short = await play(frame, matches, 1);
  const long = await play(frame, matches, ANSWER_TOKENS);
  return {
    decisions: long.decisions / long.seconds,
    decoding: ((ANSWER_TOKENS - 1) * long.decisions) / (long.seconds - short.seconds),
    promptTokens: Math.round(long.promptTokens / long.decisions),
    hashes: long.hashes,
  };
}

// Open all the time, so that no turn loads it.
const answerer = folderAnswerer(FOLDER);
await answerer.open();
const rows: object[] = [];
for (const frame of FRAMES) {
  await play(frame, MATCHES, 8);
  const turns: [one: Awaited<ReturnType<typeof turn>>, many: Awaited<ReturnType<typeof turn>>][] = [];
  for (let i = 0; i < TURNS; i++) turns.push([await turn(frame, 1), await turn(frame, MATCHES)]);
  const median = (of: (pair: (typeof turns)[0]) => number): number =>
    Math.round(turns.map(of).toSorted((a, b) => a - b)[TURNS >> 1]! * 100) / 100;
  const rates = (key: "decisions" | "decoding") => ({
    oneMatch: median(([one]) => one[key]),
    manyMatches: median(([, many]) => many[key]),
    ratio: median(([one, many]) => many[key] / one[key]),
  });
  rows.push({
    frame: `${frame.width}x${frame.height}`,
    promptTokens: turns[0]![0].promptTokens,
    decisionsPerSecond: rates("decisions"),
    decodingTokensPerSecond: rates("decoding"),
    // The first seed is played by both.
    sameDecisions: turns.every(([one, many]) => many.hashes[0] === one.hashes[0]),
  });
}
await answerer.close();
const document = {
  bench: "play",
  node: process.version,
  matches: MATCHES,
  answerTokens: ANSWER_TOKENS,
  rows,
};
process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);

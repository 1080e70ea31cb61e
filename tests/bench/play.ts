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
const TURNS = 5;
const ANSWER_TOKENS = 64;
/** Decisions of one match in a turn. */
const DECISIONS = 4;

writeCheckpoint(FOLDER, SMALL);
const task = {
  scenario: { ...loadScenario("academy_empty_goal"), steps: DECISIONS },
  policy: `dir:${FOLDER}`,
  words: { maxTokens: ANSWER_TOKENS, memory: { answers: 0 } },
  decisionSteps: 1,
};

interface Turn {
  decisionsPerSecond: number;
  tokensPerSecond: number;
  hash: string;
}

async function play(concurrency: number, matches: number): Promise<Turn> {
  const seeds = Array.from({ length: matches }, (_, i) => i);
  const { episodes, failures, seconds } = await rollout(task, { seeds, workers: 1, concurrency });
  if (failures.length > 0) throw new Error(failures[0]!.message);
  const sum = (of: (episode: (typeof episodes)[0]) => number): number =>
    episodes.reduce((total, episode) => total + of(episode), 0);
  return {
    decisionsPerSecond: sum(({ decisions }) => decisions) / seconds,
    tokensPerSecond: sum(({ answerTokens }) => answerTokens) / seconds,
    hash: episodes.map(({ hash }) => hash).join(),
  };
}

// Open all the time, so that no turn loads it.
const answerer = folderAnswerer(FOLDER);
await answerer.open();
await play(MATCHES, MATCHES);
const turns: [one: Turn, many: Turn][] = [];
for (let turn = 0; turn < TURNS; turn++) turns.push([await play(1, 4), await play(MATCHES, MATCHES)]);
await answerer.close();

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const rounded = (value: number): number => Math.round(value * 100) / 100;
const row = (of: keyof Turn & `${string}PerSecond`) => ({
  oneMatch: rounded(median(turns.map(([one]) => one[of]))),
  manyMatches: rounded(median(turns.map(([, many]) => many[of]))),
  ratio: rounded(median(turns.map(([one, many]) => many[of] / one[of]))),
});
// The first four seeds are played by both.
const same = turns.every(([one, many]) => many.hash.startsWith(one.hash));
const document = {
  bench: "play",
  node: process.version,
  matches: MATCHES,
  answerTokens: ANSWER_TOKENS,
  decisions: row("decisionsPerSecond"),
  tokens: row("tokensPerSecond"),
  sameDecisions: same,
};
process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);

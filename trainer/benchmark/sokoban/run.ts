/** @file A run of Sokoban: the levels that are missing are played, and each is written as it ends. */
import { setMaxListeners } from "node:events";
import { TouchlineError } from "../../../env/error.ts";
import {
  type Level,
  magebenchScore,
  playPlan,
  returnBound,
  solve,
  writeXsb,
} from "../../../env/sokoban/index.ts";
import { heldOutLevels } from "../../sokoban/index.ts";
import {
  checkRun,
  CONCURRENCY,
  failureWatch,
  hasRun,
  inPool,
  keyOf,
  readRecords,
  RecordsFile,
  seedOf,
  writePlan,
} from "../index.ts";
import { concludeSokoban, type SokobanSummary } from "./conclude.ts";
import type { SokobanCast } from "./plan.ts";
import { PLAIN, type Play, type SokobanPlayer, speaker } from "./player.ts";
import { sampleOf, type SokobanPlan, type SokobanRecord } from "./record.ts";
import type { SokobanSuite } from "./suites.ts";
import { puzzleFeed } from "./watch.ts";

export interface SokobanRunOptions extends SokobanCast {
  directory: string;
  suite: SokobanSuite;
  resume?: boolean;
  /** Play again what had no answer. */
  retryFailed?: boolean | undefined;
  /** Levels at once. */
  concurrency?: number | undefined;
  /** The address of a running page that shows the levels. */
  watch?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Told how many levels are due, before the first. */
  onStart?: (total: number) => void;
  onRecord?: (record: SokobanRecord) => void;
}

/**
 * The signal ends it with what is written.
 * @throws TouchlineError `bench/...`, and what the model has against its folder.
 */
export async function runSokoban(options: SokobanRunOptions): Promise<SokobanSummary> {
  const { directory, plan, respondent, resume = false, retryFailed = false, signal } = options;
  checkRun(directory, plan, { resume });
  const records = readRecords<SokobanRecord>(directory);
  if (!hasRun(directory)) writePlan(directory, plan);
  const isDone = (key: string): boolean =>
    records.has(key) && !(retryFailed && records.get(key)!.outcome === "infra_error");
  const planned = plan.sizes.length * plan.episodes;
  const total = planned - [...records.keys()].filter(isDone).length;
  options.onStart?.(total);
  // Said before the first level, so that a run that is killed shows what is missing.
  const before = concludeSokoban(options, records, planned);
  if (total === 0) return before;
  // Each answer that is waited for listens.
  if (signal) setMaxListeners(0, signal);
  await respondent?.answerer.open();
  const player = playerOf(options);
  const file = new RecordsFile(directory);
  const watchOver = failureWatch({ code: "bench/play", failed: "levels failed" });
  try {
    const size = respondent === undefined ? 1 : respondent.isServer ? CONCURRENCY.server : CONCURRENCY.local;
    await inPool(
      levelsOf(plan, isDone),
      options.concurrency ?? size,
      async (due) => {
        const record = await recordOf(due, player, options);
        // What comes after the signal is cut short.
        if (signal?.aborted) return;
        file.add(record);
        records.set(keyOf(record.sample, record.repeat), record);
        options.onRecord?.(record);
        watchOver(record);
      },
      signal,
    );
  } finally {
    file.close();
    await respondent?.answerer.close();
  }
  return concludeSokoban(options, records, planned);
}

interface Due {
  size: string;
  seed: number;
  level: Level;
}

async function* levelsOf(
  { sizes, episodes, seed }: SokobanPlan,
  isDone: (key: string) => boolean,
): AsyncGenerator<Due> {
  for (const size of sizes) {
    let left = episodes;
    for (const one of heldOutLevels(size, seed)) {
      if (!isDone(keyOf(sampleOf(size, one.seed), 0))) yield { size, ...one };
      // A generator of levels has no end.
      if (--left === 0) break;
    }
  }
}

function playerOf({ plan, suite, respondent }: SokobanRunOptions): SokobanPlayer {
  if (respondent === undefined || plan.words === null) return PLAIN[plan.policy]!;
  const { answerer, stop } = respondent;
  return speaker(suite.mode, { ...plan.words, answerer, stop });
}

async function recordOf(
  { size, seed, level }: Due,
  player: SokobanPlayer,
  { plan, signal, watch }: SokobanRunOptions,
): Promise<SokobanRecord> {
  const sample = sampleOf(size, seed);
  const solution = solve(level);
  // Levels are made so that they can be solved.
  const bound = returnBound(level, solution)!;
  const about = {
    sample,
    repeat: 0,
    cluster: sample,
    categories: { size },
    size,
    seed,
    level: writeXsb(level),
  };
  const known = { ...about, bound, proven: solution.status === "solved" };
  const began = performance.now();
  const since = (): number => Math.round(performance.now() - began);
  const feed =
    watch === undefined ? undefined : puzzleFeed(watch, { policy: plan.policy, size, seed, level, bound });
  let play: Play;
  try {
    play = await player({ level, seed: seedOf(plan.seed, sample), signal, onTurn: feed?.turn });
  } catch (error) {
    if (!(error instanceof TouchlineError)) throw error;
    const nothing = { moves: "", return: 0, bestReturn: 0, said: [], unparsed: 0 };
    const reason = `Nobody answered: ${error.message}`;
    return { ...known, outcome: "infra_error", score: 0, reason, milliseconds: since(), ...nothing };
  }
  const { moves, said, unparsed } = play;
  const played = playPlan(level, moves);
  const score = magebenchScore(played.bestReturn, bound);
  const turn = { moves, said: said.map((text, i) => ({ at: play.saidAt[i]!, text })) };
  await feed?.end(turn, { solved: played.solved, score });
  return {
    ...known,
    outcome: played.solved ? "right" : "wrong",
    score,
    reason: `${played.solved ? "Solved" : "Not solved"} in ${played.steps} moves; the best return was ${played.bestReturn}, of a shortest solution it is ${bound}.`,
    milliseconds: since(),
    moves: moves.map(([letter]) => letter).join(""),
    return: played.return,
    bestReturn: played.bestReturn,
    said,
    unparsed,
  };
}

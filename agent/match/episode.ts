/** @file A whole episode in one call, and what came of it. */
import type { EndRecord, EpisodeSink } from "../../env/episode/index.ts";
import { joinSinks } from "../../env/episode/index.ts";
import { loadHash } from "../../env/hash.ts";
import type { MatchSetup } from "./runner.ts";
import { MatchRunner } from "./runner.ts";

export interface EpisodeResult {
  seed: number;
  end: EndRecord;
  /** Decisions asked for, and how many of the answers held no action. */
  decisions: number;
  unparsed: number;
  /** Decisions that had no answer at all. */
  failed: number;
  /** Of each decision that was made in words. */
  milliseconds: number[];
  /** Steps that were played while somebody thought: none where the game waits. */
  thinkingSteps: number;
  promptTokens: number;
  answerTokens: number;
  /** XXH64 of the hashes of every state, the start included. */
  hash: string;
}

export type PlayEpisode = (seed: number) => Promise<EpisodeResult>;

/** A match that can be played again and again. Close it when done. */
export async function makePlayer(
  setup: MatchSetup,
): Promise<{ play: PlayEpisode; close: () => Promise<void> }> {
  const { hash64 } = await loadHash();
  const states: string[] = [];
  let end: EndRecord | undefined;
  const listener: EpisodeSink = {
    begin: (_, reset) => void states.splice(0, Infinity, reset.state),
    decision: () => undefined,
    step: (step) => void states.push(step.state),
    end: (record) => void (end = record),
  };
  const sink = setup.sink === undefined ? listener : joinSinks([listener, setup.sink]);
  const runner = await MatchRunner.make({ ...setup, sink });
  const play: PlayEpisode = async (seed) => {
    let [decisions, unparsed, failed, promptTokens, answerTokens, thinkingSteps] = [0, 0, 0, 0, 0, 0];
    const milliseconds: number[] = [];
    await runner.start(seed);
    while (!runner.over) {
      const advance = await runner.advance();
      if (advance.thinks) thinkingSteps++;
      for (const decision of advance.decisions) {
        decisions++;
        if (decision.unparsed) unparsed++;
        if (decision.failed !== undefined) failed++;
        if (decision.milliseconds !== undefined) milliseconds.push(decision.milliseconds);
        promptTokens += decision.promptTokens ?? 0;
        answerTokens += decision.answerTokens ?? 0;
      }
    }
    const hash = hash64(new TextEncoder().encode(states.join("")));
    const asked = { decisions, unparsed, failed, milliseconds, thinkingSteps, promptTokens, answerTokens };
    return { seed, end: end!, ...asked, hash };
  };
  return { play, close: () => runner.close() };
}

/** Plays one episode from start to end. */
export async function playEpisode(setup: MatchSetup, seed: number): Promise<EpisodeResult> {
  const { play, close } = await makePlayer(setup);
  try {
    return await play(seed);
  } finally {
    await close();
  }
}

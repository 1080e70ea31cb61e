/** @file Episodes as they are really played and recorded, and changed copies of them. */
import type { Episode, EpisodeRecord, EpisodeSink } from "../../env/episode/index.ts";
import { readEpisode, writeLine } from "../../env/episode/index.ts";
import type { MatchSetup } from "../../agent/match/index.ts";
import { playEpisode } from "../../agent/match/index.ts";

/** Keeps the records in memory. */
export function listSink(): EpisodeSink & { records: EpisodeRecord[] } {
  const records: EpisodeRecord[] = [];
  const keep = (record: EpisodeRecord) => void records.push(record);
  return {
    records,
    begin: (header, reset) => records.push(header, reset),
    decision: keep,
    step: keep,
    end: keep,
  };
}

/** The records of one episode with every hash there is. */
export async function record(setup: MatchSetup, seed: number): Promise<EpisodeRecord[]> {
  const sink = listSink();
  await playEpisode({ ...setup, sink, hashAll: true, frame: { width: 112, height: 72 } }, seed);
  return sink.records;
}

/** What the reader makes of the lines of these records. */
export function reread(records: readonly EpisodeRecord[]): Episode {
  return readEpisode(records.map(writeLine).join(""));
}

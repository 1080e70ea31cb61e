/** @file Where an episode goes while it is played: a file, a live page, a list in memory. */
import type { DecisionRecord, EndRecord, EpisodeHeader, ResetRecord, StepRecord } from "./record.ts";

/** Called in the order of the record. One sink can take many episodes, one after the other. */
export interface EpisodeSink {
  begin(header: EpisodeHeader, reset: ResetRecord): void;
  /** A policy had something to say; its step follows. */
  decision(record: DecisionRecord): void;
  step(record: StepRecord): void;
  end(record: EndRecord): void;
}

/** A sink that passes everything on to several. */
export function joinSinks(sinks: readonly EpisodeSink[]): EpisodeSink {
  return {
    begin: (header, reset) => sinks.forEach((sink) => sink.begin(header, reset)),
    decision: (record) => sinks.forEach((sink) => sink.decision(record)),
    step: (record) => sinks.forEach((sink) => sink.step(record)),
    end: (record) => sinks.forEach((sink) => sink.end(record)),
  };
}

/** @file What a run of questions adds to its plan and to its records. */
import type { AnswerFinish } from "../../../agent/answerer/index.ts";
import type { Device } from "../../../agent/graph/index.ts";
import type { ChatMessage } from "../../../agent/model/index.ts";
import type { Scoring } from "../../suite/index.ts";
import { type RunPlan, type RunRecord, sha256 } from "../index.ts";

export interface Sampling {
  /** 0 takes the likeliest token. */
  temperature: number;
  topP: number;
  maxTokens: number;
  stop: readonly string[];
}

/** Who answers, by what its answers depend on. */
export type ModelIdentity = { weights: string; device: Device } | { server: string };

export interface QuestionPlan extends RunPlan {
  scoring: Scoring;
  sampling: Sampling;
  model: ModelIdentity;
  /** Null for questions that need no data. */
  data: { path: string; sha256: string } | null;
  judge: string | null;
}

/** What a judge was asked and said. */
export interface Judgement {
  question: string;
  answer: string;
}

export interface QuestionRecord extends RunRecord {
  gold: string;
  prompt: { sha256: string; messages: readonly ChatMessage[] };
  /** Names of files under `images/`, by their SHA-256. */
  images: readonly string[];
  /** The answer as it came; empty where nobody answered. */
  output: string;
  /** Null where nobody answered, or nobody said. */
  finish: AnswerFinish | null;
  tokens: { prompt: number | null; answer: number | null };
  /** Whether the answer was there from a run before. */
  cached: boolean;
  scoring: Scoring;
  /** What was held against the gold. */
  extracted: string | null;
  judged: readonly Judgement[];
}

export function promptHash(messages: readonly ChatMessage[]): string {
  return sha256(JSON.stringify(messages));
}

/** Right answers say the same; others that are spelled alike do. */
export function voteOf({ outcome, extracted }: Pick<QuestionRecord, "outcome" | "extracted">): string | null {
  if (outcome === "right") return "right";
  return extracted === null ? null : `says ${extracted.replaceAll(/\s+/g, "").toLowerCase()}`;
}

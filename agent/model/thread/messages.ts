/** @file What goes between a model's thread and its owner. */
import type {
  ChatInput,
  Generated,
  GenerateRequest,
  Logits,
  ModelInfo,
  ModelOptions,
  TokenEvent,
} from "../types.ts";

export interface ThreadPlan {
  directory: string;
  options: ModelOptions;
}

/** `id` is given by the owner and comes back with the answer. */
export type Request =
  | {
      id: number;
      kind: "generate";
      requests: readonly GenerateRequest[];
      batchSize: number | undefined;
      /** Whether tokens are told as they come. */
      streams: boolean;
      /** Given up before it began. */
      isCancelled: boolean;
    }
  | { id: number; kind: "logits"; inputs: readonly ChatInput[]; all: boolean }
  | { id: number; kind: "seconds" }
  /** Ends the texts of the request with this id where they are. */
  | { id: number; kind: "cancel" };

export type Message =
  | { kind: "ready"; info: ModelInfo }
  | { kind: "token"; id: number; event: TokenEvent }
  | { kind: "generated"; id: number; generated: Generated[][] }
  | { kind: "logits"; id: number; logits: Logits[] }
  | { kind: "seconds"; id: number; seconds: number }
  /** Of opening the model: id -1. */
  | { kind: "error"; id: number; code: string; message: string };

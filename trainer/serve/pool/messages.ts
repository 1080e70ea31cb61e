/** @file What the server and its threads say to each other. */
import type { Scenario } from "../../../env/football/index.ts";
import type { PackedFailure } from "../failure.ts";
import type { Act, PlayerSpaces, SessionConfig, Turn } from "../game/index.ts";

/** What a thread is told when it starts. */
export interface WorkerPlan {
  scenarios: readonly Scenario[];
}

export type Command =
  | {
      kind: "reset";
      session: number;
      /** Only where it differs from that of the reset before. */
      config?: SessionConfig;
      seed: number;
      watched?: { url: string; quiet: boolean };
    }
  | { kind: "act"; session: number; act: Act }
  | { kind: "close"; session: number }
  /** Of what a session could play, without one. */
  | { kind: "spaces"; config: SessionConfig }
  /** The body of a request to `/get_reward`, as it came. */
  | {
      kind: "reward";
      body: Uint8Array<ArrayBuffer>;
      profile: "guarded" | "lmm-r1";
      verifier: "mathematics" | "exact";
    };

export interface Started extends Turn {
  system: string;
}

/** `text` is the JSON of an answer that nobody here needs to look into. */
export type Reply =
  | { turn: Turn }
  | { started: Started }
  | { closed: true }
  | { spaces: readonly PlayerSpaces[] }
  | { text: string; samples: number };

/** Several go at once where several are there: each message wakes a thread, which costs more than to read it. */
export type Commands = readonly { id: number; command: Command }[];

export type Replies = { id: number; reply: Reply | { failure: PackedFailure } }[];

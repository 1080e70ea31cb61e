/** @file What can be observed, and the check of the options that choose it. */
import { TouchlineError, unknownName } from "../../error.ts";
import type { Frame } from "../../frame/index.ts";
import type { RawObservation } from "./raw.ts";

export const OBSERVATION_KINDS = ["none", "raw", "simple115v2", "smm", "text", "frame"] as const;
export type ObservationKind = (typeof OBSERVATION_KINDS)[number];

/** What one controlled player gets of each kind. */
export interface ObservationByKind {
  /** GRF's state. */
  raw: RawObservation;
  /** 115 numbers. */
  simple115v2: Float32Array;
  /** 72 x 96 x 4 bytes, or x 16 when stacked. */
  smm: Uint8Array;
  text: string;
  frame: Frame;
}

/** What is too far away or behind a player is unknown to him. */
export interface Fog {
  /** How far he sees. */
  metres?: number;
  /** How wide, with the way that he faces in the middle: 1 to 360. */
  degrees?: number;
}

export interface ObservationOptions {
  /**
   * What `observation` holds for each controlled player: the rendered frame, GRF's raw state, 115 numbers, GRF's
   * planes, sentences, or nothing (the fastest). A list of kinds gives an object with a key for each.
   */
  observation?: ObservationKind | readonly ObservationKind[];
  /** A number is metres. */
  fog?: number | Fog;
  /** Env steps by which observations come late: 0 to 100. Before the first one has come, the start is seen. */
  delaySteps?: number;
  /** `smm` with the planes of the last four steps, oldest first: 16. */
  stacked?: boolean;
  /** How much the text tells: what an agent needs, or everybody whom he sees. */
  detail?: "short" | "full";
}

export interface CheckedObservation {
  kinds: readonly ObservationKind[];
  /** Whether a list was asked for, which gives objects. */
  several: boolean;
  fog: Fog | undefined;
  delaySteps: number;
  stacked: boolean;
  detail: "short" | "full";
}

const MOST_DELAY = 100;

/** Throws `observation/kind`, `observation/fog`, `observation/delay` and `observation/detail` for what cannot be. */
export function checkObservation(options: ObservationOptions): CheckedObservation {
  const { observation = "none", delaySteps = 0, stacked = false, detail = "short" } = options;
  const several = typeof observation !== "string";
  const kinds = several ? [...new Set(observation)] : [observation];
  for (const kind of kinds) {
    if (!OBSERVATION_KINDS.includes(kind)) {
      throw new TouchlineError("observation/kind", unknownName("observation", kind, OBSERVATION_KINDS));
    }
  }
  if (!Number.isInteger(delaySteps) || delaySteps < 0 || delaySteps > MOST_DELAY) {
    throw new TouchlineError(
      "observation/delay",
      `delaySteps is ${delaySteps}; expected an integer from 0 to ${MOST_DELAY} env steps.`,
    );
  }
  if (detail !== "short" && detail !== "full") {
    throw new TouchlineError("observation/detail", unknownName("detail", String(detail), ["short", "full"]));
  }
  return { kinds, several, fog: checkFog(options.fog), delaySteps, stacked, detail };
}

function checkFog(given: ObservationOptions["fog"]): Fog | undefined {
  if (given === undefined) return undefined;
  const fog = typeof given === "number" ? { metres: given } : given;
  const { metres = 1, degrees = 360 } = fog;
  if (metres > 0 && degrees >= 1 && degrees <= 360) return fog;
  throw new TouchlineError(
    "observation/fog",
    `The fog is ${JSON.stringify(given)}; expected metres above 0, or { metres, degrees } with degrees from 1 to 360.`,
  );
}

/** @file Plays the recorded actions of a side again, and stands idle when they run out. */
import { readFileSync } from "node:fs";
import { readEpisode } from "../../env/episode/index.ts";
import type { StepRecord } from "../../env/episode/index.ts";
import { IDLE_ACTIONS } from "../../env/football/index.ts";
import { TouchlineError } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";
import type { SeeingPolicy, Side } from "./policy.ts";

/**
 * Throws `policy/file` when the file cannot be read or holds no step. Of a damaged file the part before the
 * damage is played.
 */
export function replayPolicy(file: string): SeeingPolicy {
  const { header, steps } = readEpisode(readFile(file));
  if (header === undefined || steps.length === 0) {
    throw new TouchlineError(
      "policy/file",
      `No step of an episode can be read from "${file}"; give a file that "touchline play --record DIR" wrote.`,
    );
  }
  const leftPlayers = header.scenario.left.players.length;
  let side: Side = "left";
  const actionsOf = ({ players, actions }: StepRecord) =>
    actions.filter((_, i) => players[i]! < leftPlayers === (side === "left"));
  return {
    name: `replay:${file}`,
    sets: [header.actions],
    start(start) {
      side = start.side;
    },
    decide({ place, step, set }) {
      const recorded = steps[step];
      return { action: (recorded && actionsOf(recorded)[place]) ?? IDLE_ACTIONS[set] };
    },
  };
}

function readFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    const message = `The episode "${file}" cannot be read (${fileErrorCode(cause)}); give the path of a .jsonl file.`;
    throw new TouchlineError("policy/file", message, { cause });
  }
}

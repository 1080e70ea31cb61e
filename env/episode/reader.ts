/** @file Reads an episode back, as far as it is whole. */
import { TouchlineError } from "../error.ts";
import { openLine } from "./line.ts";
import type { Damage, Episode, EpisodeRecord } from "./record.ts";
import { EPISODE_FORMAT, EPISODE_VERSIONS } from "./record.ts";
import { parseRecord } from "./schema.ts";

const NEWLINE = 0x0a;

/**
 * Everything before the damage, and where the damage begins. A file without an end line (the program that
 * wrote it was stopped) counts as damaged: `cut`.
 * Throws `episode/version` when another version of the format wrote it.
 */
export function readEpisode(file: string | Uint8Array): Episode {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const episode: Episode = { steps: [], decisions: [] };
  let line = 1;
  let offset = 0;
  while (offset < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, offset);
    const stop = newline === -1 ? bytes.length : newline;
    const damage = addLine(episode, bytes.subarray(offset, stop), newline === -1);
    if (damage !== undefined) return { ...episode, damage: { line, byteOffset: offset, ...damage } };
    offset = stop + 1;
    line += 1;
  }
  if (episode.end === undefined) {
    const message = "The file ends before its end line: whoever wrote it was stopped.";
    episode.damage = { line, byteOffset: bytes.length, reason: "cut", message };
  }
  return episode;
}

type Problem = Pick<Damage, "reason" | "message">;

/**
 * Adds one line, without its newline, to an episode that is read as it comes; or says why it is not the next one.
 * `last`: the file may end within it. Throws `episode/version` as `readEpisode` does.
 */
export function addLine(episode: Episode, line: Uint8Array, last = false): Problem | undefined {
  const value = openLine(line);
  if (value === undefined) {
    return last
      ? { reason: "cut", message: "The file ends in the middle of a line." }
      : { reason: "checksum", message: "The checksum of the line does not fit its text." };
  }
  if (episode.header === undefined) checkVersion(value);
  const parsed = parseRecord(value);
  if ("problem" in parsed)
    return { reason: "content", message: `The line is no record (${parsed.problem}).` };
  return place(episode, parsed.record);
}

function checkVersion(value: unknown): void {
  if (typeof value !== "object" || value === null || !("version" in value) || !("format" in value)) return;
  if (value.format !== EPISODE_FORMAT || EPISODE_VERSIONS.some((known) => known === value.version)) return;
  throw new TouchlineError(
    "episode/version",
    `The episode was written in version ${String(value.version)} of the format, and this program reads ` +
      `version ${EPISODE_VERSIONS.join(" and ")}; use the release of Touchline that wrote it.`,
  );
}

/** Puts a record where it belongs, or says why it cannot stand here. */
function place(episode: Episode, record: EpisodeRecord): Problem | undefined {
  const expected = expectedKinds(episode);
  if (!expected.includes(record.kind)) {
    const wanted = expected.length === 0 ? "nothing more" : expected.join(" or ");
    return { reason: "order", message: `The line is a ${record.kind}; expected here: ${wanted}.` };
  }
  const next = episode.steps.length + 1;
  if ((record.kind === "step" || record.kind === "decision") && record.step !== next) {
    return { reason: "order", message: `The line belongs to step ${record.step}; expected step ${next}.` };
  }
  if (record.kind === "step" && record.actions.length !== record.players.length) {
    return { reason: "content", message: "The line has not one action for each player." };
  }
  if (record.kind === "step") episode.steps.push(record);
  else if (record.kind === "decision") episode.decisions.push(record);
  else Object.assign(episode, { [record.kind]: record });
  return undefined;
}

function expectedKinds(episode: Episode): readonly EpisodeRecord["kind"][] {
  if (episode.header === undefined) return ["header"];
  if (episode.reset === undefined) return ["reset"];
  if (episode.end === undefined) return ["step", "decision", "end"];
  return [];
}

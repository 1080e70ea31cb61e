import * as fc from "fast-check";
import { crc32 as zlibCrc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { crc32 } from "../../env/episode/checksum.ts";
import type { Episode, EpisodeRecord } from "../../env/episode/index.ts";
import { readEpisode, writeLine } from "../../env/episode/index.ts";
import { anyEpisode, writeEpisode } from "./records.ts";

/** The records of an episode in the order of the file. */
function records({ header, reset, steps, decisions, end }: Episode): EpisodeRecord[] {
  const played = steps.flatMap((step) => [...decisions.filter((d) => d.step === step.step), step]);
  const late = decisions.filter((d) => d.step > steps.length);
  return [header, reset, ...played, ...late, end].filter((record) => record !== undefined);
}

const sample = fc.sample(
  anyEpisode.filter((e) => e.length > 8),
  { numRuns: 1, seed: 7 },
)[0]!;

describe("the lines of an episode", () => {
  test("the checksum is the CRC-32 of zip and PNG", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(crc32(bytes)).toBe(zlibCrc32(bytes).toString(16).padStart(8, "0"));
      }),
    );
  });

  test("any episode comes back as it was written", () => {
    fc.assert(
      fc.property(anyEpisode, (written) => {
        const episode = readEpisode(writeEpisode(written));
        expect(episode.damage).toBeUndefined();
        expect(records(episode)).toEqual(written);
      }),
    );
  });

  test("each line is JSON for every other program", () => {
    for (const record of sample) {
      const line: Record<string, unknown> = JSON.parse(writeLine(record));
      const { crc, ...rest } = line;
      expect(crc).toMatch(/^[0-9a-f]{8}$/);
      expect(rest).toEqual(record);
    }
  });
});

/** How many records end at or before this byte. */
function wholeLines(bytes: Uint8Array, end: number): { lines: number; start: number } {
  let [lines, start] = [0, 0];
  for (let i = 0; i < end; i++) if (bytes[i] === 0x0a) [lines, start] = [lines + 1, i + 1];
  return { lines, start };
}

describe("a damaged file", () => {
  test("a cut at any byte keeps every whole line and is reported", () => {
    fc.assert(
      fc.property(
        anyEpisode,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (written, where) => {
          const bytes = writeEpisode(written);
          const length = Math.floor(bytes.length * where);
          const episode = readEpisode(bytes.subarray(0, length));
          const { lines, start } = wholeLines(bytes, length);
          // A line that lost only its newline is still whole.
          const kept = bytes[length] === 0x0a ? lines + 1 : lines;
          expect(records(episode)).toEqual(written.slice(0, kept));
          if (kept === written.length) expect(episode.damage).toBeUndefined();
          else expect(episode.damage).toMatchObject({ reason: "cut", line: kept + 1 });
          if (kept === lines) expect(episode.damage?.byteOffset).toBe(start);
        },
      ),
    );
  });

  test("any changed byte is noticed, and everything before its line is kept", () => {
    fc.assert(
      fc.property(anyEpisode, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, where, change) => {
        const bytes = writeEpisode(written);
        const at = where % bytes.length;
        bytes[at] = bytes[at]! ^ change;
        const { lines, start } = wholeLines(writeEpisode(written), at);
        const episode = readEpisode(bytes);
        expect(records(episode)).toEqual(written.slice(0, lines));
        expect(episode.damage).toMatchObject({ line: lines + 1, byteOffset: start });
      }),
      { numRuns: 1000 },
    );
  });

  test("offsets count bytes, not characters", () => {
    const [header, reset, ...rest] = sample;
    const said: EpisodeRecord = { kind: "decision", step: 1, place: 0, action: 5, text: "Flügel ⚽" };
    const steps = rest.filter((record) => record.kind !== "decision");
    const bytes = writeEpisode([header, reset, said, ...steps]);
    const last = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
    bytes[last + 4] = 0x23;
    const { damage } = readEpisode(bytes);
    expect(damage).toMatchObject({ line: steps.length + 3, byteOffset: last, reason: "checksum" });
  });

  const [header, reset, first, ...others] = sample.filter((record) => record.kind !== "decision");
  const end = others.at(-1);
  test.each([
    ["an empty file", [], "cut", 1],
    ["a start without a header", [reset, first], "order", 1],
    ["a second header", [header, header], "order", 2],
    ["steps without a start", [header, first], "order", 2],
    ["a step left out", [header, reset, others[0]], "order", 3],
    ["a step twice", [header, reset, first, first], "order", 4],
    ["a step after the end", [header, reset, end, first], "order", 4],
    ["something that is no record", [header, reset, { kind: "goal" }], "content", 3],
    ["a field of another type", [header, reset, { ...first, reward: "much" }], "content", 3],
    ["an action that is none", [header, reset, { ...first, actions: [{ direction: [1] }, 1] }], "content", 3],
    ["an action set that there is not", [{ ...header, actions: "all" }, reset], "content", 1],
    ["an action too few", [header, reset, { ...first, actions: [1] }], "content", 3],
  ])("%s is named, with its line", (_, written, reason, line) => {
    const { damage } = readEpisode(writeEpisode(written));
    expect(damage).toMatchObject({ reason, line });
    expect(damage?.message).toMatch(/^[A-Z].*\.$/);
  });

  test("another version of the format is refused by name", () => {
    const bytes = writeEpisode([{ ...header, version: 3, other: true }, reset]);
    expect(() => readEpisode(bytes)).toThrow(expect.objectContaining({ code: "episode/version" }));
  });
});

test("in files of version 1, which do not name a set, the actions are of default", () => {
  const [header, reset] = sample;
  const { actions: _, ...old } = { actions: "", ...header, version: 1 };
  expect(readEpisode(writeEpisode([old, reset])).header).toEqual({
    ...header,
    version: 1,
    actions: "default",
  });
});

/** @file What a run writes, read back as other programs do. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { AppendFile } from "./append.ts";
import { crc32c } from "./crc32c.ts";
import { METRICS_FILE, RunLog } from "./index.ts";

const scratch = mkdtempSync(join(tmpdir(), "touchline-log-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function folder(): string {
  return mkdtempSync(join(scratch, "run-"));
}

/** A run of these steps, after those before. */
function log(directory: string, afterStep: number, steps: readonly number[]): void {
  const log = new RunLog(directory, afterStep);
  for (const step of steps) log.write(step, { "losses/loss": step / 10 });
  log.sync();
  log.close();
}

function lines(directory: string): unknown[] {
  const text = readFileSync(join(directory, METRICS_FILE), "utf8");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);
}

const line = (step: number): unknown => ({ global_step: step, "losses/loss": step / 10 });

describe("metrics.jsonl", () => {
  test("has a line for each step", () => {
    const directory = folder();
    log(directory, 0, [1, 2, 3]);
    expect(lines(directory)).toEqual([1, 2, 3].map(line));
  });

  test.each([
    ["later steps", 2, "", [1, 2, 3, 4]],
    ["nothing", 5, "", [1, 2, 3, 4, 5, 3, 4]],
    ["everything", 0, "", [3, 4]],
    ["a last line that is not whole", 5, '{"global_step": 6, "los', [1, 2, 3, 4, 5, 3, 4]],
    ["what is no line of ours", 5, "[]\n{\n", [1, 2, 3, 4, 5, 3, 4]],
  ])("loses %s when a run goes on after step %i", (_what, afterStep, rest, expected) => {
    const directory = folder();
    log(directory, 0, [1, 2, 3, 4, 5]);
    appendFileSync(join(directory, METRICS_FILE), rest);
    log(directory, afterStep, [3, 4]);
    expect(lines(directory)).toEqual(expected.map(line));
  });
});

describe("event files", () => {
  test("are frames with checksums around events, a new file each time", () => {
    const directory = folder();
    log(directory, 0, [1, 2]);
    log(directory, 1, [2]);
    const [first, second] = readdirSync(directory)
      .filter((name) => name.startsWith("events.out.tfevents."))
      .sort()
      .map((name) => frames(readFileSync(join(directory, name))));
    expect(first).toHaveLength(4);
    expect(first![0]!.toString("latin1")).toContain("brain.Event:2");
    // step 2 (field 2), a summary (5) of a value (1): its tag (1) and a float (2)
    const float = Buffer.alloc(4);
    float.writeFloatLE(0.2);
    const value = Buffer.concat([Buffer.from("\x0a\x0blosses/loss\x15"), float]);
    const summary = Buffer.from([0x0a, value.length, ...value]);
    expect(first![3]!.subarray(9)).toEqual(Buffer.from([0x10, 2, 0x2a, summary.length, ...summary]));
    // From step 2 on, what was read before does not count: a session log (7) with status (1) START (1).
    expect(second![1]!.subarray(9)).toEqual(Buffer.from([0x10, 2, 0x3a, 2, 0x08, 1]));
  });

  test.each([
    ["", 0],
    ["123456789", 0xe3069283],
    ["\0".repeat(32), 0x8a9136aa],
  ])("have the checksum of %j that RFC 3720 gives", (text, expected) => {
    expect(crc32c(Buffer.from(text))).toBe(expected);
  });
});

/** The data of each frame, whose checksums must be right. */
function frames(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const check = (part: Buffer, at: number): void => {
    const turned = (bytes.readUInt32LE(at) - 0xa282ead8) >>> 0;
    expect(((turned >>> 17) | (turned << 15)) >>> 0).toBe(crc32c(part));
  };
  for (let at = 0; at < bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(at));
    check(bytes.subarray(at, at + 8), at + 8);
    const data = bytes.subarray(at + 12, at + 12 + length);
    check(data, at + 12 + length);
    found.push(data);
    at += length + 16;
  }
  return found;
}

describe("a file that cannot be written", () => {
  test("is told with the reason and what to do", () => {
    writeFileSync(join(scratch, "file"), "");
    expect(() => new RunLog(join(scratch, "file"), 0)).toThrow(
      expect.objectContaining({ code: "train/write", message: expect.stringContaining("ENOTDIR") as string }),
    );
    const full = new AppendFile("/dev/full");
    expect(() => full.write(Buffer.from("x"))).toThrow(
      expect.objectContaining({
        code: "train/write",
        message: expect.stringMatching(/ENOSPC.*--resume/) as string,
      }),
    );
    full.close();
  });
});

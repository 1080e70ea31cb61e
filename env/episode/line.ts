/**
 * @file One record, one line: JSON whose last field `crc` is the CRC-32 of the bytes before it. The lines
 * stay plain JSONL for every other tool, and a flipped byte is noticed.
 */
import { crc32 } from "./checksum.ts";
import type { EpisodeRecord } from "./record.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const SEAL = /^,"crc":"([0-9a-f]{8})"\}$/;
const SEAL_LENGTH = ',"crc":"00000000"}'.length;

/** The line of a record, its newline included. */
export function writeLine(record: EpisodeRecord): string {
  const body = JSON.stringify(record).slice(0, -1);
  return `${body},"crc":"${crc32(encoder.encode(body))}"}\n`;
}

/** The JSON value of a line without its newline and seal, or undefined when its checksum does not fit. */
export function openLine(line: Uint8Array): unknown {
  const cut = line.length - SEAL_LENGTH;
  if (cut < 2) return undefined;
  try {
    const seal = SEAL.exec(decoder.decode(line.subarray(cut)));
    if (seal?.[1] !== crc32(line.subarray(0, cut))) return undefined;
    return JSON.parse(decoder.decode(line.subarray(0, cut)) + "}");
  } catch {
    return undefined;
  }
}

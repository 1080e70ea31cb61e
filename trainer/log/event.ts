/** @file The records of TensorBoard's event files: tensorflow/core/util/event.proto in TFRecord frames. */
import { encodeMessage, type Messages } from "../../agent/graph/index.ts";
import { crc32c } from "./crc32c.ts";

const MESSAGES = {
  Event: {
    wallTime: [1, "double"],
    step: [2, "int"],
    fileVersion: [3, "string"],
    summary: [5, "Summary"],
    sessionLog: [7, "SessionLog"],
  },
  Summary: { value: [1, "Value"] },
  Value: { tag: [1, "string"], simpleValue: [2, "float"] },
  SessionLog: { status: [1, "int"] },
} as const satisfies Messages;

/** SessionLog.SessionStatus: readers forget what they have read of this step and later ones. */
const START = 1;

/** The first record of every file. `wallTime`: seconds since 1970, here and below. */
export function versionRecord(wallTime: number): Uint8Array {
  return record({ wallTime, fileVersion: "brain.Event:2" });
}

/** Says that what comes takes the place of all that stands elsewhere from `step` on. */
export function restartRecord(wallTime: number, step: number): Uint8Array {
  return record({ wallTime, step, sessionLog: { status: START } });
}

export function scalarsRecord(
  wallTime: number,
  step: number,
  scalars: Readonly<Record<string, number>>,
): Uint8Array {
  const value = Object.entries(scalars).map(([tag, simpleValue]) => ({ tag, simpleValue }));
  return record({ wallTime, step, summary: { value } });
}

/** Length, its checksum, the event, and the checksum of that. */
function record(event: object): Uint8Array {
  const data = encodeMessage(MESSAGES, "Event", { ...event });
  const bytes = new Uint8Array(data.length + 16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, masked(crc32c(bytes.subarray(0, 8))), true);
  bytes.set(data, 12);
  view.setUint32(12 + data.length, masked(crc32c(data)), true);
  return bytes;
}

/** A checksum over bytes that hold checksums says little, so TFRecord turns each one round. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** @file VAGEN's bodies: one part of JSON under the name `data`, and a part for each PNG. */
import { randomBytes } from "node:crypto";
import { Failure } from "../failure.ts";

const BLANK = Buffer.from("\r\n\r\n");
/** RFC 2046: at most 70 characters. */
const BOUNDARY = /^multipart\/[\w-]+\s*;.*\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i;
/** A data part and pictures; a client sends none, or few. */
const PARTS_MAX = 16;

/** The object in the part `data`; other parts are passed over. Throws a Failure. */
export function readMultipart(body: Buffer, contentType: string | undefined): Record<string, unknown> {
  const match = BOUNDARY.exec(contentType ?? "");
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw wrong("The request is not multipart/form-data with a boundary.");
  for (const { head, content } of partsOf(body, boundary)) {
    if (!/\bname="?data"?(?:;|\r|$)/i.test(head)) continue;
    let value: unknown;
    try {
      value = JSON.parse(content.toString("utf8"));
    } catch {
      throw wrong('The part "data" is no JSON.');
    }
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
    throw wrong('The part "data" is no JSON object.');
  }
  throw wrong('There is no part "data".');
}

function* partsOf(body: Buffer, boundary: string): Generator<{ head: string; content: Buffer }> {
  const first = Buffer.from(`--${boundary}`);
  const next = Buffer.from(`\r\n--${boundary}`);
  let at = body.indexOf(first);
  if (at < 0) throw wrong("The boundary does not stand in the body.");
  at += first.length;
  for (let part = 0; part < PARTS_MAX; part++) {
    if (body.toString("latin1", at, at + 2) === "--") return;
    const end = body.indexOf(next, at);
    if (end < 0) throw wrong("The body ends within a part.");
    const blank = body.indexOf(BLANK, at);
    if (blank < 0 || blank > end) throw wrong("A part has no empty line after its head.");
    yield { head: body.toString("latin1", at, blank), content: body.subarray(blank + BLANK.length, end) };
    at = end + next.length;
  }
  throw wrong(`There are more than ${PARTS_MAX} parts.`);
}

/** The body, and the content type with its boundary. */
export function writeMultipart(data: object, images: readonly Uint8Array[]): { body: Buffer; type: string } {
  const boundary = `gym_env_${randomBytes(16).toString("hex")}`;
  const pieces: Uint8Array[] = [
    text(
      `--${boundary}\r\nContent-Disposition: form-data; name="data"\r\nContent-Type: application/json; charset=utf-8\r\n\r\n`,
    ),
    text(JSON.stringify(data)),
  ];
  images.forEach((image, i) => {
    const head = `\r\n--${boundary}\r\nContent-Disposition: form-data; name="images"; filename="${i}.png"\r\nContent-Type: image/png\r\n\r\n`;
    pieces.push(text(head), image);
  });
  pieces.push(text(`\r\n--${boundary}--\r\n`));
  return { body: Buffer.concat(pieces), type: `multipart/mixed; boundary="${boundary}"` };
}

function text(content: string): Buffer {
  return Buffer.from(content, "utf8");
}

function wrong(message: string): Failure {
  return new Failure("invalid", "serve/multipart", message);
}

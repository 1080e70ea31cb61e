/** @file The lines of what a request brings, each within its bound. */
import type { IncomingMessage } from "node:http";
import { TouchlineError } from "../../../env/error.ts";

/** A header holds a scenario, of which one of 22 players takes 4 kB; a decision holds a model's prompt and answer. */
const FIRST_LINE_BYTES_MAX = 100_000;
const LINE_BYTES_MAX = 1_000_000;
/** A match of 3,000 steps with 10 kB of thought in each. */
const BYTES_MAX = 32_000_000;

const NEWLINE = 0x0a;

/** Lines without their newlines; what follows the last newline is none. Throws `feed/size`. */
export async function* linesOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  let bytes = 0;
  let most = FIRST_LINE_BYTES_MAX;
  // The request stays whole when reading ends early, so that it can still be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!(chunk instanceof Buffer)) throw new TypeError("a request brings bytes");
    bytes += chunk.length;
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(NEWLINE); end !== -1; end = rest.indexOf(NEWLINE)) {
      if (end > most) break;
      yield rest.subarray(0, end);
      rest = rest.subarray(end + 1);
      most = LINE_BYTES_MAX;
    }
    if (rest.length > most) throw new TouchlineError("feed/size", `A line is longer than ${most} bytes.`);
    if (bytes > BYTES_MAX)
      throw new TouchlineError("feed/size", `The episode is longer than ${BYTES_MAX} bytes.`);
  }
}

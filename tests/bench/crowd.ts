/**
 * @file Many viewers of one match in a process of their own, as light as can be, so that the delay that is measured is the
 * server's: bare websockets that read of a packet which scene it brought, and say what was drawn as often as the page does.
 * `--url`, `--match` and `--clients` say whom to watch; the parent is sent `[place of the scene, when it came]`.
 */
import { parseArgs } from "node:util";
import { Encoder } from "socket.io-msgpack-parser";
import { WebSocket } from "ws";
import { ACK_EVERY, decodePacket, PROTOCOL_VERSION, WATCH_NAMESPACE } from "../../viewer/protocol/index.ts";

/** As socket.io numbers them. */
const [CONNECT, EVENT] = [0, 2];
const FRAMES = Buffer.from("frames");
/** Bytes in front of up to 255 bytes, and of more. */
const [SHORT, LONG] = [2, 3];
const SHORT_MARK = 0xc4;
const TELL_MS = 250;

const { values } = parseArgs({
  options: { url: { type: "string" }, match: { type: "string" }, clients: { type: "string" } },
});
const encoder = new Encoder();
const now = (): number => performance.timeOrigin + performance.now();
let arrived: [seq: number, at: number][] = [];

function packetOf(type: number, data: unknown, id?: number): Uint8Array {
  const packet = { type, nsp: WATCH_NAMESPACE, data, ...(id !== undefined && { id }) };
  // Its types say otherwise, but it gives a list, as all encoders of socket.io do.
  const encoded: unknown = encoder.encode(packet);
  const bytes: unknown = Array.isArray(encoded) ? encoded[0] : encoded;
  if (!(bytes instanceof Uint8Array)) throw new TypeError("the encoder makes no bytes");
  return bytes;
}

/** The packet in a message, if it is one of frames. */
function framesIn(message: Buffer): Buffer | undefined {
  const at = message.indexOf(FRAMES);
  if (at === -1 || at > 32) return undefined;
  const mark = at + FRAMES.length;
  const short = message[mark] === SHORT_MARK;
  const from = mark + (short ? SHORT : LONG);
  return message.subarray(from, from + (short ? message[mark + 1]! : message.readUInt16BE(mark + 1)));
}

/** Resolves when the first scene has come. */
function join(): Promise<void> {
  const socket = new WebSocket(`${values.url!.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
  let welcomed = false;
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("message", (message: Buffer, binary) => {
      const at = now();
      // "0" opens the connection, "2" asks whether anybody is there.
      if (!binary) {
        if (message[0] === 0x30) socket.send(packetOf(CONNECT, { version: PROTOCOL_VERSION }));
        else if (message[0] === 0x32) socket.send("3");
        return;
      }
      const frames = framesIn(message);
      if (frames === undefined) {
        // The first answer is that the namespace is entered.
        if (!welcomed) socket.send(packetOf(EVENT, ["watch", { match: values.match, others: false }], 0));
        welcomed = true;
        return;
      }
      resolve();
      const { number, entries } = decodePacket(frames);
      if (number % ACK_EVERY === 0) socket.send(packetOf(EVENT, ["drawn", number]));
      if (entries[0] !== undefined) arrived.push([entries[0].seq, at]);
    });
  });
}

await Promise.all(Array.from({ length: Number(values.clients) }, join));
process.on("disconnect", () => process.exit());
process.send?.("ready");
setInterval(() => {
  process.send?.(arrived);
  arrived = [];
}, TELL_MS);

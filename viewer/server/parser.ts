/**
 * @file The msgpack parser for what strangers send. The stock decoder makes an array of any length that five bytes
 * claim, one in another: a message of 4 kB can take all memory. So the claims are checked before it reads them.
 */
import * as msgpack from "socket.io-msgpack-parser";

const DEPTH_MAX = 6;

/** Throws RangeError unless all lengths in the message are within it and nothing is nested deeper than 6. */
export function checkClaims(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const skip = (length: number): void => {
    at += length;
    if (at > bytes.length) throw new RangeError("a length is past the end of the message");
  };
  const number = (width: 1 | 2 | 4): number => {
    const from = at;
    skip(width);
    return width === 1 ? view.getUint8(from) : width === 2 ? view.getUint16(from) : view.getUint32(from);
  };
  const values = (count: number, depth: number): void => {
    if (depth > DEPTH_MAX) throw new RangeError("the message is nested too deeply");
    if (count > bytes.length - at) throw new RangeError("a length is past the end of the message");
    for (let i = 0; i < count; i++) value(depth);
  };
  const fields = (count: number, depth: number): void => {
    if (depth > DEPTH_MAX) throw new RangeError("the message is nested too deeply");
    if (2 * count > bytes.length - at) throw new RangeError("a length is past the end of the message");
    for (let i = 0; i < count; i++) {
      const from = at;
      value(depth);
      // The decoder writes fields by their names: this one would give the whole another prototype.
      if (Buffer.from(bytes.buffer, bytes.byteOffset + from, at - from).includes("__proto__"))
        throw new RangeError("the message holds a name that no field may have");
      value(depth);
    }
  };
  const value = (depth: number): void => {
    const prefix = number(1);
    if (prefix < 0x80 || prefix >= 0xe0) return;
    if (prefix < 0x90) return fields(prefix & 15, depth + 1);
    if (prefix < 0xa0) return values(prefix & 15, depth + 1);
    if (prefix < 0xc0) return skip(prefix & 31);
    switch (prefix) {
      case 0xc0: // nil, false, true
      case 0xc2:
      case 0xc3:
        return;
      case 0xc4: // bin
      case 0xd9: // str
        return skip(number(1));
      case 0xc5:
      case 0xda:
        return skip(number(2));
      case 0xc6:
      case 0xdb:
        return skip(number(4));
      case 0xca: // float32
        return skip(4);
      case 0xcb: // float64
        return skip(8);
      case 0xcc: // integers
      case 0xd0:
        return skip(1);
      case 0xcd:
      case 0xd1:
        return skip(2);
      case 0xce:
      case 0xd2:
        return skip(4);
      case 0xd4: // how the stock encoder writes `undefined`
        return skip(2);
      case 0xcf:
      case 0xd3:
        return skip(8);
      case 0xdc:
        return values(number(2), depth + 1);
      case 0xdd:
        return values(number(4), depth + 1);
      case 0xde:
        return fields(number(2), depth + 1);
      case 0xdf:
        return fields(number(4), depth + 1);
      default: // other extensions
        throw new RangeError("the message holds a value of a type that is not used here");
    }
  };
  value(0);
  if (at !== bytes.length) throw new RangeError("the message goes on after its end");
}

class Decoder extends msgpack.Decoder {
  override add(data: unknown): void {
    if (!(data instanceof Uint8Array)) throw new TypeError("expected a binary message");
    checkClaims(data);
    super.add(data);
  }
}

export const parser = { ...msgpack, Decoder };

/** @file What strangers send is measured before it is read, so that a few bytes cannot claim much memory. */
import * as fc from "fast-check";
import * as msgpack from "socket.io-msgpack-parser";
import { describe, expect, test } from "vitest";
import { checkClaims, parser } from "../../viewer/server/parser.ts";

/** A message as a client's own encoder writes it. */
function encode(data: unknown[], id?: number): Uint8Array {
  const encoder: { encode(packet: object): unknown } = new msgpack.Encoder();
  const list = encoder.encode({ type: 2, data, nsp: "/watch", id });
  const encoded: unknown = Array.isArray(list) ? list[0] : undefined;
  if (!(encoded instanceof Uint8Array)) throw new TypeError("the encoder has changed");
  return encoded;
}

function read(bytes: unknown): unknown {
  let packet: unknown;
  const decoder = new parser.Decoder();
  decoder.on("decoded", (decoded: unknown) => (packet = decoded));
  decoder.add(bytes);
  return packet;
}

/** All that a page may put in a message: within the depth that is allowed. */
const text = fc.string().filter((one) => !one.includes("__proto__"));
const word = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
);
const argument = fc.oneof(word, fc.array(word), fc.dictionary(text, word));

describe("checkClaims", () => {
  test("takes every message that the stock encoder writes", () => {
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 20 }), (data) => {
        expect(() => checkClaims(encode(data))).not.toThrow();
      }),
    );
  });

  test("takes long texts, long lists and undefined", () => {
    for (const data of [
      ["x".repeat(70_000)],
      [Array(70_000).fill(1)],
      [undefined],
      [2 ** 40, -(2 ** 40), 1.5],
    ]) {
      expect(() => checkClaims(encode(data))).not.toThrow();
    }
  });

  test("refuses a field that would be the prototype of what is read", () => {
    const bytes = encode(["range", { ["__proto__"]: Buffer.alloc(4), match: "x" }]);
    expect(() => checkClaims(bytes)).toThrow(RangeError);
    expect(() => read(bytes)).toThrow(RangeError);
  });

  test("refuses a message that is cut anywhere or goes on", () => {
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 5 }), fc.nat(), (data, cut) => {
        const bytes = encode(data);
        expect(() => checkClaims(bytes.subarray(0, cut % bytes.length))).toThrow(RangeError);
        expect(() => checkClaims(Uint8Array.of(...bytes, 0))).toThrow(RangeError);
      }),
    );
  });

  test.each([
    ["an array of four billion", [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ["a map of four billion", [0xdf, 0xff, 0xff, 0xff, 0xff]],
    ["a text of four billion", [0xdb, 0xff, 0xff, 0xff, 0xff]],
    ["bytes of four billion", [0xc6, 0xff, 0xff, 0xff, 0xff]],
    ["arrays of 65,535, one in another", Array.from({ length: 1000 }, () => [0xdc, 0xff, 0xff]).flat()],
    ["lists nested 4,000 deep", [...Array<number>(4000).fill(0x91), 0xc0]],
    ["a type of extension that is not used", [0xc7, 3, 5, 1, 2, 3]],
    ["nothing", []],
  ])("refuses %s", (_, bytes) => {
    expect(() => checkClaims(Uint8Array.from(bytes))).toThrow(RangeError);
  });

  test("of random bytes says only yes or RangeError, and what it takes the decoder reads without a stir", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          checkClaims(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        // It may still be no packet: then the decoder throws, and never takes long or much.
        try {
          read(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the decoder", () => {
  test("reads a message", () => {
    expect(read(Buffer.from(encode(["watch", { match: "a", others: true }], 7)))).toMatchObject({
      type: 2,
      nsp: "/watch",
      id: 7,
      data: ["watch", { match: "a", others: true }],
    });
  });

  test("refuses text, which it would otherwise take for something to read", () => {
    expect(() => read("0")).toThrow(TypeError);
  });
});

import { describe, expect, it } from "vitest";
import { Buffers } from "./buffers.ts";

describe("Buffers", () => {
  it("gives an array again that was given back, and only to one who asks for its length", () => {
    const buffers = new Buffers();
    const first = buffers.take(8);
    buffers.give(first);
    expect(buffers.take(4)).not.toBe(first);
    expect(buffers.take(8)).toBe(first);
    expect(buffers.take(8)).not.toBe(first);
  });

  it("keeps no more than it may", () => {
    const buffers = new Buffers(10);
    const [first, second] = [buffers.take(6), buffers.take(6)];
    buffers.give(first);
    buffers.give(second);
    expect(buffers.take(6)).toBe(first);
    expect(buffers.take(6)).not.toBe(second);
  });
});
